using System.Collections.Generic;

namespace Sim.Benchmarks.Harness;

/// <summary>
/// The LRU that a competent programmer writes in ten minutes. Every speed is given as a multiple of this one's, measured in the same
/// run, because machines differ and are noisy; do not improve it.
/// </summary>
public sealed class Yardstick(int frames)
{
    private readonly Dictionary<uint, LinkedListNode<uint>> _nodeOf = [];
    private readonly LinkedList<uint> _recency = new();

    /// <summary>References so far that found their page absent.</summary>
    public long Misses { get; private set; }

    /// <summary>The next references.</summary>
    public void Run(uint[] pages)
    {
        foreach (uint page in pages)
        {
            if (_nodeOf.TryGetValue(page, out LinkedListNode<uint>? node))
            {
                _recency.Remove(node);
                _recency.AddFirst(node);
                continue;
            }
            Misses++;
            if (_recency.Count == frames)
            {
                _nodeOf.Remove(_recency.Last!.Value);
                _recency.RemoveLast();
            }
            _nodeOf[page] = _recency.AddFirst(page);
        }
    }
}
