using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic.Sampling;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Mixture"/>.</summary>
public sealed record MixtureOptions
{
    [Option("The models, each with its weight and its part of the region")]
    public IReadOnlyList<MixturePart> Parts { get; init; } = [];
}

/// <summary>
/// Each reference is the next one of a model drawn by weight. The models' own streams are read ahead a buffer at a
/// time, which changes none of them.
/// </summary>
[Paper(
    "Takes each reference from one of several models, drawn independently by weight; the models may share pages or not.",
    "E. G. Coffman and P. J. Denning, Operating Systems Theory, 1973 (probabilistic combination); A. Sabnis and R. K. Sitaraman, TRAGEN, IMC 2021 (mixed traffic classes)")]
public sealed class Mixture : IReferenceModel, IModel<Mixture, MixtureOptions>
{
    // A Zipf and a scan over 20 thousand pages: 11 ns a reference with buffers, 20 ns with a call for each; at a million pages 26 and 86.
    private const int BufferLength = 256;
    private readonly PlacedModel[] _parts;
    private readonly AliasTable _weights;
    private readonly uint[] _buffers;
    private readonly int[] _used;
    private RandomStream _random;

    private Mixture(PlacedModel[] parts, double[] weights, ModelContext context)
    {
        Pages = context.Pages;
        _parts = parts;
        _weights = new AliasTable(weights);
        _buffers = new uint[parts.Length * BufferLength];
        _used = new int[parts.Length];
        Array.Fill(_used, BufferLength);
        _random = new RandomStream(context.Seed);
    }

    /// <inheritdoc/>
    public static string Name => "mixture";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Mixture Create(MixtureOptions options, ModelContext context)
    {
        var parts = new PlacedModel[options.Parts.Count];
        var weights = new double[parts.Length];
        double sum = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            MixturePart part = options.Parts[i];
            parts[i] = PlacedModel.Create(part.Model, part.First, part.Pages, $"{Name}: parts[{i}]", context);
            sum += weights[i] = part.Weight;
        }
        if (sum == 0) throw new PolicyOptionException($"{Name}: the weights sum to 0; it needs a part with a positive weight");
        return new Mixture(parts, weights, context);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            int part = (int)_weights.Sample(ref _random);
            int used = _used[part];
            if (used == BufferLength)
            {
                _parts[part].Fill(_buffers.AsSpan(part * BufferLength, BufferLength));
                used = 0;
            }
            pages[i] = _buffers[(part * BufferLength) + used];
            _used[part] = used + 1;
        }
    }
}
