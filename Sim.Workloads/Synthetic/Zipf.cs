using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic.Sampling;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Zipf"/>.</summary>
public sealed record ZipfOptions
{
    [Option("Exponent of the popularity: 0 is uniform, around 1 is common", Minimum = 0, Maximum = 20)]
    public double Alpha { get; init; } = 1;

    [Option("Shift q of the rank (Zipf-Mandelbrot): flattens the popularity of the first ranks", Minimum = 0, Maximum = 1e9)]
    public double Shift { get; init; }

    [Option("Whether the ranks are scattered over the region by a random permutation; otherwise page 0 is the most popular")]
    public bool Scatter { get; init; } = true;
}

/// <summary>
/// The independent reference model with Zipf's law: the page of rank i comes with probability in proportion to (i + q)^-alpha.
/// </summary>
/// <remarks>
/// Popular pages lie anywhere in the region by default. The permutation is an array up to 2^24 pages (64 MiB); beyond, it is
/// computed, which takes longer for each reference but no memory, and no second for its construction.
/// </remarks>
[Paper(
    "Independent references; the page of rank i has probability in proportion to (i + shift)^-alpha.",
    "A. V. Aho, P. J. Denning, J. D. Ullman, Principles of optimal page replacement, JACM 18(1), 1971 (independent references); B. Mandelbrot, 1953 (shift)")]
public sealed class Zipf : IReferenceModel, IModel<Zipf, ZipfOptions>
{
    /// <summary>The largest region whose permutation is stored.</summary>
    public const long StoredPages = 1 << 24;

    private readonly ZipfRanks _ranks;
    private readonly bool _scatter;
    private readonly uint[]? _pageOf;
    private readonly FeistelPermutation _computedPageOf;
    private RandomStream _random;

    private Zipf(ZipfOptions options, ModelContext context)
    {
        Pages = context.Pages;
        _ranks = new ZipfRanks(context.Pages, options.Alpha, options.Shift);
        _random = new RandomStream(context.Seed);
        _scatter = options.Scatter;
        if (!_scatter) return;
        ulong seed = RandomStream.SeedOf(context.Seed, 0, "zipf/scatter");
        if (Pages <= StoredPages) _pageOf = Shuffle.Permutation((int)Pages, seed);
        else _computedPageOf = new FeistelPermutation(Pages, seed);
    }

    /// <inheritdoc/>
    public static string Name => "zipf";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Zipf Create(ZipfOptions options, ModelContext context) => new(options, context);

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        RandomStream random = _random;
        for (int i = 0; i < pages.Length; i++) pages[i] = _ranks.Sample(ref random);
        _random = random;
        if (!_scatter) return;
        if (_pageOf is { } pageOf)
        {
            for (int i = 0; i < pages.Length; i++) pages[i] = pageOf[pages[i]];
        }
        else
        {
            for (int i = 0; i < pages.Length; i++) pages[i] = (uint)_computedPageOf[pages[i]];
        }
    }
}
