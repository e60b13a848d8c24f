using System;
using System.Collections.Generic;
using Sim.Core.Engine;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// Breaks free memory up before anything runs: one frame in the middle of so many blocks is taken that a given share of what is still free is of no use to
/// requests of an order.
/// <code>
///   | ........x........ | ................. | ........x........ |      x: taken; blocks of 2^order frames, chosen at random
/// </code>
/// With b of B blocks broken, the unusable share is u = b (2^k - 1) / (2^k B - b), so b = u 2^k B / (2^k - 1 + u).
/// </summary>
public sealed class Fragmentation
{
    private readonly List<FrameNumber> _frames = [];

    /// <summary>Breaks up the memory of an allocator of buddies.</summary>
    /// <param name="pages">The memory; nothing of it is taken yet.</param>
    /// <param name="spec">How much.</param>
    /// <param name="seed">Decides which blocks.</param>
    public Fragmentation(PageAllocator pages, FragmentationSpec spec, ulong seed)
    {
        var random = new RandomStream(seed);
        double blockFrames = 1 << spec.Order;
        foreach (Zone zone in pages.PopulatedZones)
        {
            int blocks = zone.Frames >> spec.Order;
            int broken = (int)Math.Round(Math.Min(blocks, spec.Index * blockFrames * blocks / (blockFrames - 1 + spec.Index)));
            // Selection sampling: Knuth, The Art of Computer Programming 2, section 3.4.2, algorithm S.
            for (int block = 0; block < blocks && broken > 0; block++)
            {
                if ((int)random.Below((ulong)(blocks - block)) >= broken) continue;
                broken--;
                Take(pages, zone.First + (block << spec.Order) + (1 << spec.Order >> 1), spec.IsMovable);
            }
        }
    }

    /// <summary>Frames that lie in the way.</summary>
    public int Count => _frames.Count;

    /// <summary>Gives them back.</summary>
    public void Release(PageAllocator pages)
    {
        foreach (FrameNumber frame in _frames) pages.Free(frame, 0);
        _frames.Clear();
    }

    /// <summary>Compaction has moved one of them.</summary>
    internal void OnMoved(FrameNumber to, FrameArray<Frame> frames) => _frames[(int)frames[to.Value].Identity.Value] = to;

    private void Take(PageAllocator pages, int frame, bool isMovable)
    {
        if (!pages.TryTakeFrame(frame, isMovable ? FrameKind.Filler : FrameKind.Wedge)) return;
        pages.Frames[frame].Identity = new PageIdentity((ulong)_frames.Count);
        _frames.Add(new FrameNumber(frame));
    }
}
