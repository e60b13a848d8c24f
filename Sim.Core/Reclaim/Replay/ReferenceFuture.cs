using System;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Replay;

/// <summary>The future of a reference string that lies in memory: found in one pass from its end.</summary>
public sealed class ReferenceFuture : IReferenceFuture
{
    private readonly FrameArray<uint> _nextUse;

    /// <summary>The future of <paramref name="references"/>, all of which are below <paramref name="pages"/>. At most 2^32 - 2 references.</summary>
    public ReferenceFuture(ReadOnlySpan<uint> references, long pages)
    {
        Length = references.Length;
        _nextUse = new FrameArray<uint>(references.Length);
        var seenAt = new FrameArray<uint>(pages);
        for (int position = references.Length - 1; position >= 0; position--)
        {
            ref uint next = ref seenAt[(long)references[position]];
            _nextUse[position] = next;
            next = (uint)position + 1;
        }
        seenAt.KeepAlive();
    }

    public long Length { get; }

    public long NextUse(long position)
    {
        uint next = _nextUse[position];
        return next == 0 ? long.MaxValue : next - 1;
    }
}
