using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>The mappings of an address space: a doubly linked list by address, and the index that finds them.</summary>
public sealed class VmaList
{
    private readonly IKernelObjects _objects;
    private readonly Stack<KernelAddress> _nodes = new();
    private VmaIndexWork _charged;
    private long _walked;

    /// <summary>An empty list under an index.</summary>
    /// <param name="index">What finds a mapping, or a gap.</param>
    /// <param name="objects">Where the index's nodes come from.</param>
    public VmaList(IVmaIndex index, IKernelObjects objects)
    {
        _objects = objects;
        Index = index;
        index.Attach(this);
    }

    /// <summary>What finds a mapping, or a gap.</summary>
    public IVmaIndex Index { get; }

    /// <summary>The mapping with the lowest address.</summary>
    public Vma? First { get; private set; }

    /// <summary>The mapping with the highest address.</summary>
    public Vma? Last { get; private set; }

    /// <summary>Mappings: map_count.</summary>
    public int Count { get; private set; }

    /// <summary>Most mappings ever.</summary>
    public int Peak { get; private set; }

    /// <inheritdoc cref="IVmaIndex.Find"/>
    public Vma? Find(ulong page) => Index.Find(page);

    /// <summary>The mapping before one that <see cref="Find"/> gave: before nothing comes the last.</summary>
    public Vma? Before(Vma? found) => found is null ? Last : found.Previous;

    /// <summary>Adds a mapping. Throws when it overlaps another.</summary>
    public void Insert(Vma vma)
    {
        Vma? next = Index.Find(vma.Start);
        Vma? previous = Before(next);
        if ((next is not null && next.Start < vma.End) || (previous is not null && previous.End > vma.Start))
            throw new InvalidOperationException($"mapping {vma.Start:x}-{vma.End:x} overlaps another");
        vma.Previous = previous;
        vma.Next = next;
        if (previous is null) First = vma;
        else previous.Next = vma;
        if (next is null) Last = vma;
        else next.Previous = vma;
        Peak = Math.Max(Peak, ++Count);
        Index.OnInsert(vma);
    }

    /// <summary>Takes a mapping out.</summary>
    public void Remove(Vma vma)
    {
        Index.OnRemove(vma);
        if (vma.Previous is null) First = vma.Next;
        else vma.Previous.Next = vma.Next;
        if (vma.Next is null) Last = vma.Previous;
        else vma.Next.Previous = vma.Previous;
        (vma.Previous, vma.Next, vma.IndexNode) = (null, null, null);
        Count--;
    }

    /// <summary>Moves a mapping's boundaries, within the room that its neighbours leave.</summary>
    public void Move(Vma vma, ulong start, ulong end)
    {
        if (start >= end || vma.Previous?.End > start || vma.Next?.Start < end)
            throw new InvalidOperationException($"mapping {vma.Start:x}-{vma.End:x} cannot become {start:x}-{end:x}");
        (ulong oldStart, ulong oldEnd) = (vma.Start, vma.End);
        (vma.Start, vma.End) = (start, end);
        Index.OnMove(vma, oldStart, oldEnd);
    }

    /// <summary>Moves the boundary between a mapping and the one that follows it without a gap.</summary>
    public void MoveBoundary(Vma lower, ulong page)
    {
        if (lower.Next is not { } upper || upper.Start != lower.End || page <= lower.Start || page >= upper.End)
            throw new InvalidOperationException($"the end of mapping {lower.Start:x}-{lower.End:x} cannot become {page:x}");
        ulong old = lower.End;
        lower.End = upper.Start = page;
        Index.OnMove(lower, lower.Start, old);
        Index.OnMove(upper, old, upper.End);
    }

    /// <summary>Counts mappings that a placement policy reads along the list: each a visit and a comparison.</summary>
    public void CountWalk(long mappings) => _walked += mappings;

    /// <summary>
    /// Charges what the index has done since the last charge, takes and returns the memory of its nodes, and returns the work. A node for which there is no
    /// memory is owed: it is asked for again at the next charge, since no call of the kernel fails for want of one ("too small to fail").
    /// </summary>
    public VmaIndexWork Charge(ICharge payer, CounterSet counters)
    {
        VmaIndexWork all = Index.Work, work = all - _charged;
        work = work with { Comparisons = work.Comparisons + _walked, NodeVisits = work.NodeVisits + _walked };
        (_charged, _walked) = (all, 0);
        if (work == default) return work;
        payer.Charge(Cost.VmaCompare, work.Comparisons);
        payer.Charge(Cost.VmaNodeVisit, work.NodeVisits);
        if (work.EntryMoves > 0) payer.Charge(Cost.VmaEntryMove, work.EntryMoves);
        counters.Add(Counter.VmaIndexComparisons, work.Comparisons);
        counters.Add(Counter.VmaIndexVisits, work.NodeVisits);
        counters.Add(Counter.VmaIndexMoves, work.EntryMoves);
        counters.Add(Counter.VmaIndexAllocations, work.NodeAllocations);
        if (Index.NodeKind is not { } kind) return work;
        long wanted = all.NodeAllocations - all.NodeFrees;
        for (long i = Math.Max(work.NodeAllocations, wanted - _nodes.Count); i > 0 && _objects.TryAllocate(kind, payer, out KernelAddress node); i--) _nodes.Push(node);
        while (_nodes.Count > wanted) _objects.Free(kind, payer, _nodes.Pop());
        return work;
    }

    /// <summary>The mappings in address order.</summary>
    public IEnumerable<Vma> All()
    {
        for (Vma? vma = First; vma is not null; vma = vma.Next) yield return vma;
    }

    /// <summary>Throws when mappings are empty or overlap, the list is broken, or the index differs from it.</summary>
    public void CheckInvariants()
    {
        int found = 0;
        Vma? previous = null;
        for (Vma? vma = First; vma is not null; previous = vma, vma = vma.Next, found++)
        {
            if (vma.Start >= vma.End || previous?.End > vma.Start || !ReferenceEquals(vma.Previous, previous))
                throw new InvalidOperationException($"mapping {vma.Start:x}-{vma.End:x} is empty, overlaps or is linked wrongly");
        }
        if (found != Count || !ReferenceEquals(Last, previous)) throw new InvalidOperationException($"{found} mappings in the list, {Count} counted");
        Index.CheckInvariants();
    }
}
