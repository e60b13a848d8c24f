using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Hardware;

namespace Sim.Tests.AddressSpaces;

/// <summary>An address space page by page: what the mappings must say, without any mapping.</summary>
internal sealed class PageAttributes
{
    private readonly SortedDictionary<ulong, (Protection Protection, PageSize Size)> _pages = [];

    public ulong HeapEnd { get; private set; } = Mm.HeapStart;

    public int Count => _pages.Count;

    public HashSet<ulong> Touched { get; } = [];

    public ulong[] Mapped => [.. _pages.Keys];

    /// <summary>The highest room below the mmap base, tried page by page downwards.</summary>
    public ulong Map(ulong pages, Protection protection, PageSize size)
    {
        ulong unit = UnitOf(size);
        pages = (pages + unit - 1) / unit * unit;
        ulong start = (Mm.MmapBase - pages) & ~(unit - 1);
        for (ulong page = start + pages; page > start;)
        {
            page--;
            if (_pages.ContainsKey(page)) page = (start = (page - pages) & ~(unit - 1)) + pages;
        }
        Fill(start, start + pages, protection, size);
        return start;
    }

    /// <summary>False, and nothing is done, when the range cuts a huge page.</summary>
    public bool Unmap(ulong first, ulong pages)
    {
        ulong end = first + pages;
        if (Cuts(first) || Cuts(end)) return false;
        foreach (ulong page in _pages.Keys.Where(page => page >= first && page < end).ToArray()) _pages.Remove(page);
        Touched.RemoveWhere(page => page >= first && page < end);
        return true;
    }

    public ulong Break(ulong end)
    {
        if (end < Mm.HeapStart) return HeapEnd;
        if (end < HeapEnd) Unmap(end, HeapEnd - end);
        else
        {
            for (ulong page = HeapEnd; page < end; page++)
            {
                if (_pages.ContainsKey(page)) return HeapEnd;
            }
            Fill(HeapEnd, end, Protection.ReadWrite, PageSize.Base);
        }
        return HeapEnd = end;
    }

    /// <summary>The longest runs of neighbours that are alike.</summary>
    public List<(ulong Start, ulong End, Protection Protection, PageSize Size)> Runs()
    {
        var runs = new List<(ulong Start, ulong End, Protection Protection, PageSize Size)>();
        foreach (var (page, (protection, size)) in _pages)
        {
            if (runs.Count > 0 && runs[^1].End == page && runs[^1].Protection == protection && runs[^1].Size == size)
                runs[^1] = runs[^1] with { End = page + 1 };
            else runs.Add((page, page + 1, protection, size));
        }
        return runs;
    }

    /// <summary>Marks a page, or all of its huge page, as touched.</summary>
    public void Touch(ulong page)
    {
        ulong unit = UnitOf(_pages[page].Size);
        for (ulong each = page & ~(unit - 1); each < (page & ~(unit - 1)) + unit; each++) Touched.Add(each);
    }

    private bool Cuts(ulong page) => _pages.TryGetValue(page, out var above) && (page & (UnitOf(above.Size) - 1)) != 0;

    private void Fill(ulong start, ulong end, Protection protection, PageSize size)
    {
        for (ulong page = start; page < end; page++) _pages.Add(page, (protection, size));
    }

    private static ulong UnitOf(PageSize size) => 1UL << (9 * (int)size);
}
