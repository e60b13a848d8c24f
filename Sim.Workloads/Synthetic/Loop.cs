using System;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Loop"/>.</summary>
public sealed record LoopOptions
{
    [Option("Pages of the loop, the first of the region; 0 is the whole region", Minimum = 0)]
    public long Pages { get; init; }
}

/// <summary>
/// Cyclic references over the first pages of the region. With one frame too few, LRU, FIFO and CLOCK miss every time,
/// and the optimum (N - C) / (N - 1) of the times.
/// </summary>
[Paper(
    "References the first pages of the region one after another, and again from the first.",
    "Folklore; the loop as a model of locality in J. R. Spirn and P. J. Denning, Experiments with program locality, AFIPS FJCC 1972")]
public sealed class Loop : IReferenceModel, IModel<Loop, LoopOptions>
{
    private readonly uint _length;
    private uint _next;

    private Loop(long pages, long length)
    {
        Pages = pages;
        _length = (uint)length;
    }

    /// <inheritdoc/>
    public static string Name => "loop";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Loop Create(LoopOptions options, ModelContext context)
    {
        if (options.Pages > context.Pages)
            throw new PolicyOptionException($"{Name}: pages is {options.Pages}; the region has {context.Pages}");
        return new Loop(context.Pages, options.Pages == 0 ? context.Pages : options.Pages);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        uint next = _next;
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i] = next;
            if (++next == _length) next = 0;
        }
        _next = next;
    }
}
