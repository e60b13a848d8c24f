using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic.Sampling;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="LruStackModel"/>.</summary>
public sealed record LruStackModelOptions
{
    [Option("b of the power law Pr[D > d] = (1 + d/b)^-beta, in pages", Minimum = 1e-6, Maximum = 1e12)]
    public double Scale { get; init; } = 100;

    [Option("beta of the power law", Minimum = 0.01, Maximum = 100)]
    public double Exponent { get; init; } = 1;

    [Option("Part of the references with an infinite distance, beside the power law's: a page never seen, while there is one", Minimum = 0, Maximum = 1)]
    public double NewPages { get; init; }

    [Option("Distances with their probabilities, in place of the power law; what they lack to 1 is an infinite distance")]
    public IReadOnlyList<StackDistanceMass> Distances { get; init; } = [];
}

/// <summary>
/// Independent stack distances: a reference of distance d goes to the page at depth d of the LRU stack, so that the miss ratio of
/// LRU with C frames is Pr[D > C], whatever curve was asked for. A distance larger than the stack is a page not seen
/// before, in ascending order; once the region is used up it is the stack's bottom page, which misses in
/// every memory smaller than the region. The curve holds from the time the stack has grown to C pages.
/// </summary>
[Paper(
    "Draws independent LRU stack distances from a power law or a list, and references the page at that depth.",
    "R. L. Mattson et al., IBM Systems Journal 9(2), 1970; J. R. Spirn, Distance string models for program behavior, Computer 9(11), 1976")]
public sealed class LruStackModel : IReferenceModel, IModel<LruStackModel, LruStackModelOptions>
{
    private const double SumTolerance = 1e-9;
    private readonly RecencyStack _stack;
    private readonly PowerLawDistance _powerLaw;
    private readonly double _newPages;
    private readonly AliasTable? _points;
    private readonly long[] _distances;
    private RandomStream _random;

    private LruStackModel(LruStackModelOptions options, ModelContext context)
    {
        Pages = context.Pages;
        _stack = new RecencyStack((int)context.Pages);
        _powerLaw = new PowerLawDistance(options.Scale, options.Exponent, context.Pages);
        _newPages = options.NewPages;
        _random = new RandomStream(context.Seed);
        _distances = new long[options.Distances.Count + 1];
        if (options.Distances.Count == 0) return;

        var weights = new double[_distances.Length];
        double infinite = 1;
        for (int i = 0; i < options.Distances.Count; i++)
        {
            _distances[i] = options.Distances[i].Distance;
            weights[i] = options.Distances[i].Probability;
            infinite -= weights[i];
        }
        if (infinite < -SumTolerance)
            throw new PolicyOptionException(FormattableString.Invariant($"{Name}: the probabilities of the distances sum to {1 - infinite}; they must not exceed 1"));
        _distances[^1] = long.MaxValue;
        weights[^1] = infinite < SumTolerance ? 0 : infinite;
        _points = new AliasTable(weights);
    }

    /// <inheritdoc/>
    public static string Name => "lru-stack";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static LruStackModel Create(LruStackModelOptions options, ModelContext context)
    {
        if (context.Pages > RecencyStack.MaxCapacity)
            throw new PolicyOptionException($"{Name}: the region has {context.Pages} pages; the stack holds at most {RecencyStack.MaxCapacity}");
        if (options.Distances.Count > 0 && options.NewPages > 0)
            throw new PolicyOptionException($"{Name}: new-pages does not go with distances; what these lack to 1 is the part of new pages");
        return new LruStackModel(options, context);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        for (int i = 0; i < pages.Length; i++) pages[i] = Reference(SampleDistance());
    }

    private long SampleDistance()
    {
        if (_points is { } points) return _distances[points.Sample(ref _random)];
        if (_newPages > 0 && _random.NextDouble() < _newPages) return long.MaxValue;
        return _powerLaw.Sample(ref _random);
    }

    private uint Reference(long distance)
    {
        if (distance <= _stack.Count) return _stack.Touch((int)distance);
        if (_stack.Count == Pages) return _stack.Touch(_stack.Count);
        uint page = (uint)_stack.Count;
        _stack.Push(page);
        return page;
    }
}
