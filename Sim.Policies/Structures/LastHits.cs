using System;
using Sim.Core.AddressSpaces;

namespace Sim.Policies.Structures;

/// <summary>
/// The mappings found last, tried before the index itself. One entry is Linux's mmap_cache (up to 3.14); four, chosen by the page's number, are its vmacache
/// (3.15 to 6.0), which belonged to each thread and here belongs to the address space.
/// </summary>
public readonly struct LastHits(int entries)
{
    private readonly Vma?[] _entries = new Vma?[entries];

    /// <summary>The entry that holds a page, or null.</summary>
    public Vma? Find(ulong page, ref VmaIndexTally tally)
    {
        if (_entries.Length == 0) return null;
        int entry = (int)(page % (ulong)_entries.Length);
        for (int tried = 0; tried < _entries.Length; tried++)
        {
            if (_entries[entry] is { } vma)
            {
                tally.Visits++;
                tally.Comparisons += 2;
                if (vma.Start <= page && page < vma.End) return vma;
            }
            entry = entry + 1 == _entries.Length ? 0 : entry + 1;
        }
        return null;
    }

    /// <summary>A mapping was found for a page. Returns it.</summary>
    public Vma? Remember(ulong page, Vma? vma)
    {
        if (vma is not null && _entries.Length > 0) _entries[(int)(page % (ulong)_entries.Length)] = vma;
        return vma;
    }

    /// <summary>A mapping is going.</summary>
    public void Forget(Vma vma)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (ReferenceEquals(_entries[i], vma)) _entries[i] = null;
        }
    }

    /// <summary>Throws where an entry is not in the list any more.</summary>
    public void CheckInvariants(VmaList list)
    {
        foreach (Vma? vma in _entries)
        {
            if (vma is not null && !(ReferenceEquals(list.First, vma) || ReferenceEquals(vma.Previous?.Next, vma)))
                throw new InvalidOperationException($"the last hits hold {vma.Start:x}-{vma.End:x}, which is unmapped");
        }
    }
}
