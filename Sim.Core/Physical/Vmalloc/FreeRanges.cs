using System;
using System.Collections.Generic;

namespace Sim.Core.Physical.Vmalloc;

/// <summary>Free ranges of pages in address order, neighbours joined.</summary>
internal sealed class FreeRanges(long pages)
{
    private readonly List<(long First, long Pages)> _ranges = [(0, pages)];

    public IReadOnlyList<(long First, long Pages)> All => _ranges;

    /// <summary>Cuts pages off the start of a range, and returns the first.</summary>
    public long Take(int index, long pages)
    {
        (long first, long length) = _ranges[index];
        if (length == pages) _ranges.RemoveAt(index);
        else _ranges[index] = (first + pages, length - pages);
        return first;
    }

    public void Return(long first, long pages)
    {
        int index = _ranges.BinarySearch((first, 0));
        index = index < 0 ? ~index : index;
        bool joinsNext = index < _ranges.Count && _ranges[index].First == first + pages;
        bool joinsPrevious = index > 0 && _ranges[index - 1].First + _ranges[index - 1].Pages == first;
        if ((index < _ranges.Count && _ranges[index].First < first + pages) || (index > 0 && _ranges[index - 1].First + _ranges[index - 1].Pages > first))
            throw new InvalidOperationException($"pages {first} to {first + pages} of the vmalloc range are freed twice");
        if (joinsNext) pages += _ranges[index].Pages;
        if (joinsPrevious)
        {
            _ranges[index - 1] = (_ranges[index - 1].First, _ranges[index - 1].Pages + pages);
            if (joinsNext) _ranges.RemoveAt(index);
        }
        else if (joinsNext) _ranges[index] = (first, pages);
        else _ranges.Insert(index, (first, pages));
    }
}
