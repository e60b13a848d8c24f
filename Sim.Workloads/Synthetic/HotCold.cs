using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="HotCold"/>.</summary>
public sealed record HotColdOptions
{
    [Option("Part of the region's pages that is hot: its first pages, at least one", Minimum = 0, Maximum = 1)]
    public double HotFraction { get; init; } = 0.2;

    [Option("Part of the references that go to the hot pages", Minimum = 0, Maximum = 1)]
    public double HotShare { get; init; } = 0.8;
}

/// <summary>Two sets of pages, uniform within each: the first pages of the region are hot. A region all hot has no cold references.</summary>
[Paper(
    "References a hot set with a given probability and the rest of the region otherwise, every page of a set alike.",
    "J. Gray et al., Quickly generating billion-record synthetic databases, SIGMOD 1994 (its 80-20 rule, in two steps)")]
public sealed class HotCold : IReferenceModel, IModel<HotCold, HotColdOptions>
{
    private readonly ulong _hot;
    private readonly double _hotShare;
    private RandomStream _random;

    private HotCold(long hot, double hotShare, ModelContext context)
    {
        Pages = context.Pages;
        _hot = (ulong)hot;
        _hotShare = hot == context.Pages ? 1 : hotShare;
        _random = new RandomStream(context.Seed);
    }

    /// <inheritdoc/>
    public static string Name => "hot-cold";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static HotCold Create(HotColdOptions options, ModelContext context)
    {
        long hot = (long)Math.Round(options.HotFraction * context.Pages);
        return new HotCold(Math.Clamp(hot, 1, context.Pages), options.HotShare, context);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        RandomStream random = _random;
        ulong cold = (ulong)Pages - _hot;
        for (int i = 0; i < pages.Length; i++)
        {
            bool isHot = random.NextDouble() < _hotShare;
            ulong page = random.Below(isHot ? _hot : cold);
            pages[i] = (uint)(isHot ? page : _hot + page);
        }
        _random = random;
    }
}
