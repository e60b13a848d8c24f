using System;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Sawtooth"/>.</summary>
public sealed record SawtoothOptions
{
    [Option("Pages of the tooth, the first of the region; 0 is the whole region", Minimum = 0)]
    public long Pages { get; init; }
}

/// <summary>
/// Up and down over the first pages of the region; the two end pages come once a period of 2 (N - 1) references. What a
/// loop is to LRU, this is not: each further frame saves misses.
/// </summary>
[Paper(
    "References the first pages of the region in ascending and then in descending order, each end page once: 0 1 2 3 2 1 0 1 ...",
    "P. J. Denning and K. C. Kahn, A study of program locality and lifetime functions, SOSP 1975 (as a micromodel)")]
public sealed class Sawtooth : IReferenceModel, IModel<Sawtooth, SawtoothOptions>
{
    private readonly uint _last;
    private uint _next;
    private bool _descending;

    private Sawtooth(long pages, long length)
    {
        Pages = pages;
        _last = (uint)(length - 1);
    }

    /// <inheritdoc/>
    public static string Name => "sawtooth";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Sawtooth Create(SawtoothOptions options, ModelContext context)
    {
        if (options.Pages > context.Pages)
            throw new PolicyOptionException($"{Name}: pages is {options.Pages}; the region has {context.Pages}");
        return new Sawtooth(context.Pages, options.Pages == 0 ? context.Pages : options.Pages);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i] = _next;
            if (_last == 0) continue;
            if (_next == _last) _descending = true;
            else if (_next == 0) _descending = false;
            _next = _descending ? _next - 1 : _next + 1;
        }
    }
}
