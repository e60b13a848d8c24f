using System;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Sequential"/>.</summary>
public sealed record SequentialOptions
{
    [Option("Page of the region that is referenced first", Minimum = 0)]
    public long Start { get; init; }
}

/// <summary>The whole region from one end to the other, over and over.</summary>
[Paper(
    "References the pages of the region in ascending order, and begins again at page 0 after the last.",
    "Folklore; its use as the worst case of LRU in P. J. Denning, Virtual memory, ACM Computing Surveys 2(3), 1970")]
public sealed class Sequential : IReferenceModel, IModel<Sequential, SequentialOptions>
{
    private uint _next;

    private Sequential(long pages, uint start)
    {
        Pages = pages;
        _next = start;
    }

    /// <inheritdoc/>
    public static string Name => "sequential";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Sequential Create(SequentialOptions options, ModelContext context)
    {
        if (options.Start >= context.Pages)
            throw new PolicyOptionException($"{Name}: start is {options.Start}; it must lie in the region of {context.Pages} pages");
        return new Sequential(context.Pages, (uint)options.Start);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        uint last = (uint)(Pages - 1);
        uint next = _next;
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i] = next;
            next = next == last ? 0 : next + 1;
        }
        _next = next;
    }
}
