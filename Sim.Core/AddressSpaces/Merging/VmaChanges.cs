using System;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces.Merging;

/// <summary>
/// Merge and split: the one place where the boundaries of mappings change. vma_merge_new_range, vma_merge_existing_range, vma_modify and __split_vma of
/// mm/vma.c, Linux 6.18. In the pictures * is the range.
/// <code>
///   new range     PPPP******NNNN  both   PPPPPPPPPPPPPP     PPPP******  left   PPPPPPPPPP     ******NNNN  right  NNNNNNNNNN
///   whole middle  PPPP******NNNN  both   PPPPPPPPPPPPPP     the middle goes, and with both neighbours the one above too
///   its head      PPPP******MMMM  left   PPPPPPPPPPMMMM     the boundary moves up
///   its tail      MMMM******NNNN  right  MMMMNNNNNNNNNN     the boundary moves down
///   otherwise     MMMM******MMMM  split  MMMM******MMMM     one split or two, each of which must be allowed to exist
/// </code>
/// </summary>
internal sealed class VmaChanges(IKernelObjects objects, AnonVmas anonVmas, CounterSet counters)
{
    private static readonly Counter[] Refusals =
    [
        Counter.VmaMerges, Counter.MergeRefusedBoundary, Counter.MergeRefusedProtection, Counter.MergeRefusedFlags, Counter.MergeRefusedFile,
        Counter.MergeRefusedOffset, Counter.MergeRefusedAnonVma, Counter.MergeRefusedPolicy,
    ];

    /// <summary>
    /// Makes a range part of its neighbours as far as rules and policy allow. True when it merged; <see cref="VmaChange.Target"/> then holds it, with
    /// the flags of the neighbour, which are the range's.
    /// </summary>
    public bool TryMerge(Mm mm, ref VmaChange change, ICharge payer)
    {
        MergeSides sides = Decide(mm, ref change);
        if (sides == MergeSides.None) return false;
        bool deletesNext = sides == MergeSides.Both;
        Vma target = (sides & MergeSides.Left) != 0 ? change.Previous! : change.Next!;
        Vma? middle = change.Middle, next = change.Next;
        bool isShared = (!deletesNext || anonVmas.TryShare(target, next!, payer)) && (middle is null || anonVmas.TryShare(target, middle, payer))
            && (change.CopiedFrom is null || anonVmas.TryShare(target, change.CopiedFrom, payer));
        if (!isShared)
        {
            change.IsOutOfMemory = true;
            return false;
        }
        bool isPart = middle is not null && (change.Start != middle.Start || change.End != middle.End);
        if (isPart) MoveBoundary(mm, change, middle!, target);
        else Extend(mm, change, middle, target, deletesNext ? next : null, payer);
        payer.Charge(Cost.VmaInsert);
        counters.Add(Counter.VmaMerges);
        change.Target = target;
        return true;
    }

    /// <summary>
    /// Makes a range of a mapping one that can be given other flags: merged with neighbours that have them, or cut off. The caller sets the flags of
    /// the mapping that comes back; null where there may be no more mappings or an object could not be had.
    /// </summary>
    public Vma? Modify(Mm mm, ref VmaChange change, ICharge payer)
    {
        if (TryMerge(mm, ref change, payer)) return change.Target;
        if (change.IsOutOfMemory) return null;
        Vma vma = change.Middle!;
        if (vma.Start < change.Start)
        {
            if (mm.MapCount >= mm.Limits.MaxMapCount || TrySplit(mm, vma, change.Start, payer) is not { } upper) return null;
            vma = upper;
        }
        if (vma.End > change.End && (mm.MapCount >= mm.Limits.MaxMapCount || TrySplit(mm, vma, change.End, payer) is null)) return null;
        return change.Target = vma;
    }

    /// <summary>Cuts a mapping in two, whatever the limit says. Returns the upper piece; null, and nothing has changed, when an object could not be had.</summary>
    public Vma? TrySplit(Mm mm, Vma vma, ulong page, ICharge payer)
    {
        if (!objects.TryAllocate(KernelObject.VmArea, payer, out KernelAddress address)) return null;
        var upper = new Vma(page, vma.End, vma.Flags, vma.File, vma.OffsetOf(page)) { AnonVma = vma.AnonVma, Object = address };
        if (!anonVmas.TryClone(upper, vma, payer))
        {
            objects.Free(KernelObject.VmArea, payer, address);
            return null;
        }
        mm.Vmas.Move(vma, vma.Start, page);
        mm.Vmas.Insert(upper);
        upper.File?.OnMapped();
        payer.Charge(Cost.VmaInsert);
        counters.Add(Counter.VmaSplits);
        if (upper.Has(VmaFlags.HugeTlb)) mm.HugeMappings++;
        return upper;
    }

    /// <summary>Puts a mapping of its own in. Null, and nothing has changed, when an object could not be had.</summary>
    /// <param name="mm">The address space.</param>
    /// <param name="change">The range.</param>
    /// <param name="payer">Who pays.</param>
    public Vma? TryInsert(Mm mm, in VmaChange change, ICharge payer)
    {
        if (!objects.TryAllocate(KernelObject.VmArea, payer, out KernelAddress address)) return null;
        var vma = new Vma(change.Start, change.End, change.Flags, change.File, change.PageOffset) { Object = address };
        if (change.CopiedFrom is { } source)
        {
            vma.AnonVma = source.AnonVma;
            if (!anonVmas.TryClone(vma, source, payer))
            {
                objects.Free(KernelObject.VmArea, payer, address);
                return null;
            }
        }
        mm.Vmas.Insert(vma);
        vma.File?.OnMapped();
        payer.Charge(Cost.VmaInsert);
        if (vma.Has(VmaFlags.HugeTlb)) mm.HugeMappings++;
        return vma;
    }

    /// <summary>Takes a mapping out whose pages are gone.</summary>
    public void Delete(Mm mm, Vma vma, ICharge payer)
    {
        mm.Vmas.Remove(vma);
        anonVmas.Unlink(vma, payer);
        vma.File?.OnUnmapped(payer);
        payer.Charge(Cost.VmaErase);
        objects.Free(KernelObject.VmArea, payer, vma.Object);
        if (vma.Has(VmaFlags.HugeTlb)) mm.HugeMappings--;
    }

    /// <summary>Offers every pair of neighbours to the policy.</summary>
    public void Sweep(Mm mm, ICharge payer)
    {
        for (Vma? vma = mm.Vmas.First?.Next; vma is not null;)
        {
            payer.Charge(Cost.VmaLookup);
            VmaChange change = VmaChange.Of(MergeKind.Sweep, vma, vma.Start, vma.End, vma.Flags);
            change.Next = null;
            vma = TryMerge(mm, ref change, payer) ? change.Target!.Next : vma.Next;
        }
    }

    /// <summary>Head or tail of the middle goes over to the neighbour.</summary>
    private static void MoveBoundary(Mm mm, in VmaChange change, Vma middle, Vma target)
    {
        if (change.Start == middle.Start)
        {
            middle.PageOffset += change.Pages;
            mm.Vmas.MoveBoundary(target, change.End);
        }
        else
        {
            target.PageOffset -= change.Pages;
            mm.Vmas.MoveBoundary(middle, change.Start);
        }
    }

    /// <summary>A neighbour extends over the range, and over the other neighbour if that goes.</summary>
    private void Extend(Mm mm, in VmaChange change, Vma? middle, Vma target, Vma? deletedNext, ICharge payer)
    {
        ulong start = ulong.Min(target.Start, change.Start), end = ulong.Max(ulong.Max(target.End, change.End), deletedNext?.End ?? 0);
        if (middle is not null) Delete(mm, middle, payer);
        if (deletedNext is not null) Delete(mm, deletedNext, payer);
        if (start < target.Start) target.PageOffset = change.PageOffset;
        mm.Vmas.Move(target, start, end);
    }

    /// <summary>The neighbours to merge with: what the rules allow, of that what the policy wants, of that what can be done at once.</summary>
    private MergeSides Decide(Mm mm, ref VmaChange change)
    {
        Vma? middle = change.Middle;
        bool reachesStart = middle is null || change.Start == middle.Start, reachesEnd = middle is null || change.End == middle.End;
        bool ignores = mm.Merge.IgnoresAnonVma;
        change.LeftRefusal = reachesStart ? MergeConditions.Left(change, ignores) : MergeRefusal.Boundary;
        change.RightRefusal = reachesEnd && change.Kind != MergeKind.Break ? MergeConditions.Right(change, ignores) : MergeRefusal.Boundary;
        if (middle is not null && reachesStart && reachesEnd && !MergeConditions.MayDelete(middle))
        {
            if (change.LeftRefusal == MergeRefusal.None) change.LeftRefusal = MergeRefusal.File;
            if (change.RightRefusal == MergeRefusal.None) change.RightRefusal = MergeRefusal.File;
        }
        MergeSides possible = Sides(change);
        if (possible != MergeSides.None)
        {
            MergeSides wanted = mm.Merge.Select(new MergeOffer(change.Kind, possible, change.Previous?.Pages ?? 0, change.Pages, change.Next?.Pages ?? 0));
            if (change.Kind == MergeKind.Extension) wanted |= MergeSides.Left;
            if ((possible & ~wanted & MergeSides.Left) != 0) change.LeftRefusal = MergeRefusal.Policy;
            if ((possible & ~wanted & MergeSides.Right) != 0) change.RightRefusal = MergeRefusal.Policy;
        }
        if (Sides(change) == MergeSides.Both)
        {
            if (!ignores && !MergeConditions.AreCompatible(change.Previous!, change.Next!)) change.RightRefusal = MergeRefusal.AnonVma;
            else if (!MergeConditions.MayDelete(change.Next!)) change.RightRefusal = MergeRefusal.File;
        }
        Count(change);
        return Sides(change);
    }

    private static MergeSides Sides(in VmaChange change) =>
        (change.LeftRefusal == MergeRefusal.None ? MergeSides.Left : MergeSides.None) | (change.RightRefusal == MergeRefusal.None ? MergeSides.Right : MergeSides.None);

    private void Count(in VmaChange change)
    {
        if (change.LeftRefusal != MergeRefusal.None) counters.Add(Refusals[(int)change.LeftRefusal]);
        if (change.RightRefusal != MergeRefusal.None) counters.Add(Refusals[(int)change.RightRefusal]);
    }
}
