using System;
using Sim.Core.Units;

namespace Sim.Lab.Curves;

/// <summary>
/// The exact misses of LRU with every number of frames, in one pass: a reference hits in C frames if its stack distance, the number of different pages
/// since the last reference to its page, that page included, is at most C. 20 to 40 bytes a page.
/// R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970.
/// </summary>
public sealed class StackDistances
{
    private const int PrefetchDistance = 16;
    private readonly RecencyTape _stack = new();
    private FrameArray<long> _counts = new(1 << 15); // by distance; 0 counts first references

    /// <summary>References so far.</summary>
    public long References { get; private set; }

    /// <summary>Different pages so far.</summary>
    public int Pages => _stack.Count;

    /// <summary>The next references.</summary>
    /// <param name="references">Dense page numbers.</param>
    /// <param name="pages">All numbers so far are below this.</param>
    public void Run(ReadOnlySpan<uint> references, long pages)
    {
        _stack.Reserve(pages);
        if (pages >= _counts.Length) _counts = _counts.Grown(Math.Max(2 * _counts.Length, pages + 1));
        References += references.Length;
        for (int i = 0; i < references.Length; i++)
        {
            if (i + PrefetchDistance < references.Length) _stack.Prefetch(references[i + PrefetchDistance]);
            _counts[_stack.Touch(references[i])]++;
        }
    }

    /// <summary>Misses of LRU by frames: element C for C frames, from 0 to the number of pages, where first references alone are left.</summary>
    public long[] Misses()
    {
        var misses = new long[Pages + 1];
        misses[0] = References;
        for (int frames = 1; frames < misses.Length; frames++) misses[frames] = misses[frames - 1] - _counts[frames];
        return misses;
    }
}
