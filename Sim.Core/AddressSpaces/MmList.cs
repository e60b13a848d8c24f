using System.Collections.Generic;

namespace Sim.Core.AddressSpaces;

/// <summary>All address spaces of a machine, in the order in which they came: the list that init_mm heads. Whoever scans every process walks it.</summary>
public sealed class MmList
{
    /// <summary>The oldest.</summary>
    public Mm? First { get; private set; }

    /// <summary>The newest.</summary>
    public Mm? Last { get; private set; }

    /// <summary>Address spaces in it.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a new one at the end.</summary>
    public void Add(Mm mm)
    {
        mm.Previous = Last;
        if (Last is null) First = mm;
        else Last.Next = mm;
        Last = mm;
        Count++;
    }

    /// <summary>Takes one out that has ended.</summary>
    public void Remove(Mm mm)
    {
        if (mm.Previous is null) First = mm.Next;
        else mm.Previous.Next = mm.Next;
        if (mm.Next is null) Last = mm.Previous;
        else mm.Next.Previous = mm.Previous;
        (mm.Previous, mm.Next) = (null, null);
        Count--;
    }

    /// <summary>The address spaces in order.</summary>
    public IEnumerable<Mm> All()
    {
        for (Mm? mm = First; mm is not null; mm = mm.Next) yield return mm;
    }
}
