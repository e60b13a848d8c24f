using System;

namespace Sim.Core.Physical.Slab;

/// <summary>A list of slabs, linked through the slabs themselves.</summary>
internal sealed class SlabList
{
    public ObjectSlab? First { get; private set; }

    public ObjectSlab? Last { get; private set; }

    public int Count { get; private set; }

    public void PutFirst(ObjectSlab slab)
    {
        (slab.List, slab.Previous, slab.Next) = (this, null, First);
        if (First is null) Last = slab;
        else First.Previous = slab;
        First = slab;
        Count++;
    }

    public void PutLast(ObjectSlab slab)
    {
        (slab.List, slab.Previous, slab.Next) = (this, Last, null);
        if (Last is null) First = slab;
        else Last.Next = slab;
        Last = slab;
        Count++;
    }

    public void Remove(ObjectSlab slab)
    {
        if (!ReferenceEquals(slab.List, this)) throw new InvalidOperationException($"the slab at frame {slab.Head} is not on the list that it is taken from");
        if (slab.Previous is null) First = slab.Next;
        else slab.Previous.Next = slab.Next;
        if (slab.Next is null) Last = slab.Previous;
        else slab.Next.Previous = slab.Previous;
        (slab.List, slab.Previous, slab.Next) = (null, null, null);
        Count--;
    }
}
