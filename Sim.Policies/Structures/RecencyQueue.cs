using System;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// Nodes by their last use, cut at fixed positions into regions, so that the region of a node and the node at a cut are known without
/// counting. A node that moves to the front pushes one node over each cut that it passes.
/// <code>
///   newest | region 0 | region 1 | ... | region R | oldest        cut k is the last position of region k, counted from 1
///               cut 0 ^    cut 1 ^
/// </code>
/// </summary>
public struct RecencyQueue
{
    private readonly FrameLists _order;
    private readonly FrameArray<byte> _regionOf;
    private readonly int[] _cuts;
    private readonly int[] _atCut;

    /// <summary>An empty queue of nodes below <paramref name="nodes"/> with <paramref name="cuts"/> at rising positions, fewer than 255.</summary>
    public RecencyQueue(int nodes, int[] cuts)
    {
        _order = new FrameLists(nodes, 1);
        _regionOf = new FrameArray<byte>(nodes);
        _cuts = cuts;
        _atCut = new int[cuts.Length];
        Array.Fill(_atCut, -1);
    }

    /// <summary>Nodes in the queue.</summary>
    public int Count { get; private set; }

    /// <summary>Stands for both ends of the queue.</summary>
    public readonly int End => _order.Sentinel(0);

    /// <summary>The oldest node, or <see cref="End"/>.</summary>
    public readonly int Oldest => _order.Oldest(0);

    /// <summary>The next older node, or <see cref="End"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Older(int node) => _order.Older(node);

    /// <summary>The next newer node, or <see cref="End"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Newer(int node) => _order.Newer(node);

    /// <summary>The region that a node of the queue lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int RegionOf(int node) => _regionOf[node];

    /// <summary>The node at the position of a cut, or -1 while the queue is shorter.</summary>
    public readonly int At(int cut) => _atCut[cut];

    /// <summary>Adds a node that is not in the queue as the newest.</summary>
    public void Push(int node)
    {
        _order.PushNewest(0, node);
        Count++;
        int cut = PushOver(_cuts.Length);
        _regionOf[node] = 0;
        if (cut < _cuts.Length && Count == _cuts[cut]) _atCut[cut] = _order.Oldest(0);
    }

    /// <summary>Makes a node of the queue the newest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void MoveToNewest(int node)
    {
        if (_order.Newer(node) == End) return;
        int region = _regionOf[node];
        if (region < _cuts.Length && _atCut[region] == node) _atCut[region] = _order.Newer(node);
        _order.MoveToNewest(0, node);
        PushOver(region);
        _regionOf[node] = 0;
    }

    /// <summary>Takes a node out; every older one moves up by a position.</summary>
    public void Remove(int node)
    {
        for (int cut = _regionOf[node]; cut < _cuts.Length && _atCut[cut] >= 0; cut++)
        {
            int next = _order.Older(_atCut[cut]);
            _atCut[cut] = next == End ? -1 : next;
            if (next != End) _regionOf[next] = (byte)cut;
        }
        _order.Remove(node);
        Count--;
    }

    /// <summary>Puts <paramref name="other"/>, which is not in the queue, in the place of a node.</summary>
    public readonly void Replace(int node, int other)
    {
        int region = _regionOf[node];
        _order.InsertNewerThan(node, other);
        _order.Remove(node);
        _regionOf[other] = (byte)region;
        if (region < _cuts.Length && _atCut[region] == node) _atCut[region] = other;
    }

    /// <summary>Checks every node's region and every cut against the positions, counted.</summary>
    public readonly void CheckInvariants()
    {
        Books.Balance("nodes in the queue", _order.CheckedCount(0), Count);
        int position = 0, cut = 0;
        for (int node = _order.Older(End); node != End; node = _order.Older(node))
        {
            position++;
            Books.Balance($"region at position {position}", _regionOf[node], cut);
            if (cut == _cuts.Length || position < _cuts[cut]) continue;
            Books.Balance($"node at cut {cut}", _atCut[cut], node);
            cut++;
        }
        for (; cut < _cuts.Length; cut++) Books.Balance($"node at cut {cut}, beyond the queue", _atCut[cut], -1);
    }

    /// <summary>One node crosses each cut before <paramref name="region"/>, as far as the queue reached before. Returns the first cut not crossed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int PushOver(int region)
    {
        int cut = 0;
        for (; cut < region && _atCut[cut] >= 0; cut++)
        {
            int node = _atCut[cut];
            _regionOf[node] = (byte)(cut + 1);
            _atCut[cut] = _order.Newer(node);
        }
        return cut;
    }
}
