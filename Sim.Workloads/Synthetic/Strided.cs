using System;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Strided"/>.</summary>
public sealed record StridedOptions
{
    [Option("Pages from one reference to the next", Minimum = 1)]
    public long Stride { get; init; } = 16;

    [Option("Page of the region that is referenced first", Minimum = 0)]
    public long Offset { get; init; }
}

/// <summary>
/// The k-th reference is to page (offset + k stride) mod Pages: a column of a matrix. It comes to Pages / gcd(stride, Pages)
/// different pages, so a stride that divides the region stays on its own residue class.
/// </summary>
[Paper(
    "References every stride-th page and wraps around at the region's end: page (offset + k * stride) mod pages.",
    "Folklore; strides against interleaved memory in D. J. Kuck and R. A. Stokes, The Burroughs Scientific Processor, IEEE Trans. Computers C-31(5), 1982")]
public sealed class Strided : IReferenceModel, IModel<Strided, StridedOptions>
{
    private readonly long _stride;
    private long _next;

    private Strided(long pages, long stride, long offset)
    {
        Pages = pages;
        _stride = stride;
        _next = offset;
    }

    /// <inheritdoc/>
    public static string Name => "strided";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Strided Create(StridedOptions options, ModelContext context)
    {
        if (options.Offset >= context.Pages)
            throw new PolicyOptionException($"{Name}: offset is {options.Offset}; it must lie in the region of {context.Pages} pages");
        return new Strided(context.Pages, options.Stride % context.Pages, options.Offset);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        long next = _next;
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i] = (uint)next;
            next += _stride;
            if (next >= Pages) next -= Pages;
        }
        _next = next;
    }
}
