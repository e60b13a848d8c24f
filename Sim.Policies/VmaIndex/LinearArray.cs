using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.VmaIndex;

/// <summary>
/// A sorted array of (start, end, mapping): binary search, and every entry above moves up or down by one when a mapping comes or goes. The array is
/// contiguous in virtual memory and grows and shrinks by whole pages without being copied.
/// <para>D. E. Knuth, "The Art of Computer Programming", volume 3, section 6.2.1, 1973 (binary search; its cost of insertion). No Linux did this.</para>
/// </summary>
[Paper("Sorted array: binary search, and all entries above move when a mapping comes or goes.",
    "D. E. Knuth, The Art of Computer Programming, volume 3, section 6.2.1, 1973")]
public sealed class LinearArray : IPolicy<LinearArray, NoOptions>, IVmaIndex
{
    /// <summary>Entries of 24 bytes in a page.</summary>
    public const int EntriesInPage = 4096 / 24;

    private Entry[] _entries = new Entry[16];
    private int _count;
    private VmaIndexTally _tally;
    private VmaList _list = null!;

    private LinearArray()
    {
    }

    public static string Name => "vma-index/linear-array";

    public KernelObject? NodeKind => KernelObject.VmaArrayPage;

    public VmaIndexWork Work => _tally.Work;

    public static LinearArray Create(NoOptions options, PolicyContext context) => new();

    public void Attach(VmaList list) => _list = list;

    public Vma? Find(ulong page)
    {
        int index = IndexOf(page);
        return index < _count ? _entries[index].Vma : null;
    }

    public void OnInsert(Vma vma)
    {
        int index = IndexOf(vma.Start);
        if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
        Array.Copy(_entries, index, _entries, index + 1, _count - index);
        _entries[index] = new Entry(vma.Start, vma.End, vma);
        _tally.Moves += _count - index;
        if (_count++ % EntriesInPage == 0) _tally.Allocations++;
    }

    public void OnRemove(Vma vma)
    {
        int index = IndexOf(vma.Start);
        _count--;
        Array.Copy(_entries, index + 1, _entries, index, _count - index);
        _entries[_count] = default;
        _tally.Moves += _count - index;
        if (_count % EntriesInPage == 0) _tally.Frees++;
    }

    public void OnMove(Vma vma, ulong oldStart, ulong oldEnd) => _entries[IndexOf(oldEnd - 1)] = new Entry(vma.Start, vma.End, vma);

    public bool TryFindLowestGap(ulong low, ulong high, ulong pages, out ulong start)
    {
        start = low;
        for (int i = IndexOf(low); ; i++)
        {
            ulong end = i < _count ? Math.Min(_entries[i].Start, high) : high;
            _tally.Comparisons++;
            if (end > start && end - start >= pages) return true;
            if (i == _count || _entries[i].End >= high) return false;
            start = Math.Max(start, _entries[i].End);
        }
    }

    public bool TryFindHighestGap(ulong low, ulong high, ulong pages, out ulong start)
    {
        start = 0;
        ulong end = high;
        int last = IndexOf(high);
        if (last == _count || _entries[last].Start >= high) last--;
        for (int i = last; ; i--)
        {
            ulong from = i >= 0 ? Math.Max(_entries[i].End, low) : low;
            _tally.Comparisons++;
            if (end > from && end - from >= pages)
            {
                start = end - pages;
                return true;
            }
            if (i < 0 || _entries[i].Start <= low) return false;
            end = Math.Min(end, _entries[i].Start);
        }
    }

    public void CheckInvariants()
    {
        Vma? expected = _list.First;
        for (int i = 0; i < _count; i++, expected = expected.Next)
        {
            Entry entry = _entries[i];
            if (expected is null || !ReferenceEquals(entry.Vma, expected) || entry.Start != expected.Start || entry.End != expected.End)
                throw new InvalidOperationException($"entry {i}, {entry.Start:x}-{entry.End:x}, is not the list's {expected?.Start:x}-{expected?.End:x}");
        }
        if (expected is not null) throw new InvalidOperationException($"mapping {expected.Start:x} is not in the array");
        long pages = _tally.Allocations - _tally.Frees;
        if (pages != (_count + EntriesInPage - 1) / EntriesInPage) throw new InvalidOperationException($"{_count} entries in {pages} pages");
    }

    /// <summary>The first entry whose end lies above a page.</summary>
    private int IndexOf(ulong page)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            _tally.Visits++;
            _tally.Comparisons++;
            if (_entries[middle].End > page) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private readonly record struct Entry(ulong Start, ulong End, Vma Vma);
}
