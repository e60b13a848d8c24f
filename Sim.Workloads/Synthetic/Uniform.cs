using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic;

/// <summary>Every page of the region with the same probability, independently: the references of the GUPS benchmark.</summary>
[Paper(
    "References every page of the region with the same probability, independently of what came before.",
    "P. Luszczek et al., Introduction to the HPC Challenge benchmark suite, 2005 (RandomAccess)")]
public sealed class Uniform : IReferenceModel, IModel<Uniform, NoOptions>
{
    private RandomStream _random;

    private Uniform(ModelContext context)
    {
        Pages = context.Pages;
        _random = new RandomStream(context.Seed);
    }

    /// <inheritdoc/>
    public static string Name => "uniform";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Uniform Create(NoOptions options, ModelContext context) => new(context);

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        RandomStream random = _random;
        ulong bound = (ulong)Pages;
        for (int i = 0; i < pages.Length; i++) pages[i] = (uint)random.Below(bound);
        _random = random;
    }
}
