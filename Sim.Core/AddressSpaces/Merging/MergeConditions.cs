namespace Sim.Core.AddressSpaces.Merging;

/// <summary>When a range and a neighbour may be one mapping: is_mergeable_vma, is_mergeable_anon_vma and can_vma_merge_* of mm/vma.c, Linux 6.18.</summary>
internal static class MergeConditions
{
    /// <summary>Why the range cannot join the mapping below it.</summary>
    public static MergeRefusal Left(in VmaChange change, bool ignoresAnonVma)
    {
        if (change.Previous is not { } left || left.End != change.Start) return MergeRefusal.Boundary;
        MergeRefusal refusal = Common(change, left);
        if (refusal != MergeRefusal.None) return refusal;
        if (left.PageOffset + left.Pages != change.PageOffset) return MergeRefusal.Offset;
        return ignoresAnonVma || IsCompatible(left, change) ? MergeRefusal.None : MergeRefusal.AnonVma;
    }

    /// <summary>Why the range cannot join the mapping above it.</summary>
    public static MergeRefusal Right(in VmaChange change, bool ignoresAnonVma)
    {
        if (change.Next is not { } right || right.Start != change.End) return MergeRefusal.Boundary;
        MergeRefusal refusal = Common(change, right);
        if (refusal != MergeRefusal.None) return refusal;
        if (change.PageOffset + change.Pages != right.PageOffset) return MergeRefusal.Offset;
        return ignoresAnonVma || IsCompatible(right, change) ? MergeRefusal.None : MergeRefusal.AnonVma;
    }

    /// <summary>Whether the two neighbours, each of which could join the range, could also be one with each other.</summary>
    public static bool AreCompatible(Vma left, Vma right) =>
        left.AnonVma is null || right.AnonVma is null || ReferenceEquals(left.AnonVma, right.AnonVma);

    /// <summary>Whether a merge may delete a mapping: one that hears of its end must not be.</summary>
    public static bool MayDelete(Vma vma) => vma.File?.Object.Kind != FileKind.SystemV;

    private static MergeRefusal Common(in VmaChange change, Vma neighbour)
    {
        VmaFlags differing = neighbour.Flags ^ change.Flags;
        if ((differing & VmaFlags.AccessMask) != 0) return MergeRefusal.Protection;
        if (differing != 0 || (change.Flags & VmaFlags.SpecialMask) != 0) return MergeRefusal.Flags;
        return ReferenceEquals(neighbour.File, change.File) ? MergeRefusal.None : MergeRefusal.File;
    }

    /// <summary>
    /// <code>
    ///   neighbour   range       may merge
    ///   none        none        yes
    ///   set         none        unless the neighbour inherited its own
    ///   none        set         unless the range's mapping, or the one it is moved from, inherited its own
    ///   X           X           yes
    ///   X           Y           no
    /// </code>
    /// An inherited one stays apart, so that the lock of its root covers no more pages than it must.
    /// </summary>
    private static bool IsCompatible(Vma neighbour, in VmaChange change)
    {
        if (neighbour.AnonVma is null && change.AnonVma is not null)
            return change.Middle?.HasInheritedAnonVma != true && change.CopiedFrom?.HasInheritedAnonVma != true;
        if (neighbour.AnonVma is not null && change.AnonVma is null) return !neighbour.HasInheritedAnonVma;
        return ReferenceEquals(neighbour.AnonVma, change.AnonVma);
    }
}
