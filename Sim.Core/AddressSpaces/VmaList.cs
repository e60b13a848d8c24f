using System;
using System.Collections.Generic;

namespace Sim.Core.AddressSpaces;

/// <summary>The mappings of an address space: a doubly linked list by address, and the index that finds them.</summary>
public sealed class VmaList
{
    /// <summary>An empty list under an index.</summary>
    public VmaList(IVmaIndex index)
    {
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
        Count++;
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
