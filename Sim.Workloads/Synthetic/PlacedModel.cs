using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic;

/// <summary>A nested model on a part of the region: its page 0 is the region's page <c>first</c>.</summary>
internal sealed class PlacedModel
{
    private readonly IReferenceModel _model;
    private readonly uint _first;

    private PlacedModel(IReferenceModel model, uint first)
    {
        _model = model;
        _first = first;
    }

    /// <summary>A model for the part of the region that begins at <paramref name="first"/>.</summary>
    /// <param name="spec">The model; null where the experiment names none, which is an error.</param>
    /// <param name="first">The part's first page.</param>
    /// <param name="pages">The part's pages; 0 for all from its first.</param>
    /// <param name="place">What an error message begins with, and the name of the nested seed: "mixture: parts[1]".</param>
    /// <param name="context">The whole region.</param>
    public static PlacedModel Create(ModelSpec? spec, long first, long pages, string place, ModelContext context)
    {
        if (spec is null) throw new PolicyOptionException($"{place} names no model");
        if (first >= context.Pages || pages > context.Pages - first)
            throw new PolicyOptionException($"{place}: {pages} pages from page {first} do not lie in the region of {context.Pages}");
        long count = pages == 0 ? context.Pages - first : pages;
        try
        {
            return new PlacedModel(ModelCatalogue.Create(spec, new ModelContext(count, RandomStream.SeedOf(context.Seed, 0, place))), (uint)first);
        }
        catch (PolicyOptionException error)
        {
            throw new PolicyOptionException($"{place}: {error.Message}");
        }
    }

    /// <summary>The next references, as pages of the region.</summary>
    public void Fill(Span<uint> pages)
    {
        _model.Fill(pages);
        if (_first == 0) return;
        for (int i = 0; i < pages.Length; i++) pages[i] += _first;
    }
}
