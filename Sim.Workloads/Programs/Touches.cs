using System;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Synthetic.Sampling;

namespace Sim.Workloads.Programs;

/// <summary>So many pages of a region, each once, over and over: the first ones in order, or ones drawn anew in each round.</summary>
internal sealed class Touches(long pages, long count, ulong? seed) : IReferenceModel
{
    private FeistelPermutation _drawn;
    private long _next, _rounds;

    public long Pages { get; } = pages;

    public void Fill(Span<uint> numbers)
    {
        foreach (ref uint number in numbers)
        {
            if (_next == 0 && seed is { } drawn) _drawn = new FeistelPermutation(Pages, RandomStream.SeedOf(drawn, (int)_rounds++, "touch"));
            number = seed is null ? (uint)_next : (uint)_drawn[(ulong)_next];
            if (++_next == count) _next = 0;
        }
    }
}
