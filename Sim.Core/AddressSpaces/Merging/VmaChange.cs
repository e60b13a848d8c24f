namespace Sim.Core.AddressSpaces.Merging;

/// <summary>
/// One change of an address space's mappings, threaded through its steps: what shall be, between which neighbours, and what came of it.
/// <code>
///        previous          middle           next             a new range has no middle;
///   |--------------|--[start -- end)--|--------------|       a changed one lies in its middle, and touches a neighbour
///                                                            only where it reaches the middle's own edge
/// </code>
/// </summary>
internal struct VmaChange
{
    /// <summary>What brought it about.</summary>
    public required MergeKind Kind;

    /// <summary>The first page.</summary>
    public required ulong Start;

    /// <summary>The page after the last.</summary>
    public required ulong End;

    /// <summary>The flags that the range shall have.</summary>
    public required VmaFlags Flags;

    /// <summary>What it maps.</summary>
    public required OpenFile? File;

    /// <summary>The page of the file, or of anonymous memory, at its start.</summary>
    public required ulong PageOffset;

    /// <summary>The anon_vma of its pages.</summary>
    public AnonVma? AnonVma;

    /// <summary>The mapping that the range is part of now.</summary>
    public Vma? Middle;

    /// <summary>The neighbour below, touching or not.</summary>
    public Vma? Previous;

    /// <summary>The neighbour above, touching or not.</summary>
    public Vma? Next;

    /// <summary>For a move: the mapping whose pages come here.</summary>
    public Vma? CopiedFrom;

    /// <summary>Outcome: the mapping that the range now belongs to, or null when it merged with nothing.</summary>
    public Vma? Target;

    /// <summary>Outcome: why the neighbour below was not merged with.</summary>
    public MergeRefusal LeftRefusal;

    /// <summary>Outcome: why the neighbour above was not merged with.</summary>
    public MergeRefusal RightRefusal;

    /// <summary>Outcome: an object could not be had, and nothing has changed.</summary>
    public bool IsOutOfMemory;

    /// <summary>Pages of the range.</summary>
    public readonly ulong Pages => End - Start;

    /// <summary>A new range between its neighbours.</summary>
    public static VmaChange New(MergeKind kind, Mm mm, ulong start, ulong end, VmaFlags flags, OpenFile? file, ulong pageOffset)
    {
        Vma? next = mm.Vmas.Find(start);
        return new VmaChange
        {
            Kind = kind,
            Start = start,
            End = end,
            Flags = flags,
            File = file,
            PageOffset = pageOffset,
            Next = next,
            Previous = mm.Vmas.Before(next),
        };
    }

    /// <summary>A part of a mapping that shall have other flags.</summary>
    public static VmaChange Of(MergeKind kind, Vma middle, ulong start, ulong end, VmaFlags flags) => new()
    {
        Kind = kind,
        Start = start,
        End = end,
        Flags = flags,
        File = middle.File,
        PageOffset = middle.OffsetOf(start),
        AnonVma = middle.AnonVma,
        Middle = middle,
        Previous = middle.Previous,
        Next = middle.Next,
    };
}
