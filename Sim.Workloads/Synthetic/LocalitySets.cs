using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic;

/// <summary>The macromodel of <see cref="Phases"/>: which pages make up each locality set, and for how long.</summary>
internal sealed class LocalitySets
{
    private readonly PhasesOptions _options;
    private readonly long _region;
    private readonly uint[] _set;
    // The last phase in which a page was in the set, by page; phases count from 2, so that 0 is never.
    private readonly uint[] _lastPhase;
    private RandomStream _random;
    private uint _phase = 1;
    private uint _cursor;
    private int _size;

    public LocalitySets(PhasesOptions options, ModelContext context)
    {
        _options = options;
        _region = context.Pages;
        _random = new RandomStream(RandomStream.SeedOf(context.Seed, 0, "phases/sets"));
        (int smallest, int largest) = Bounds(options);
        if (smallest < 1)
            throw new PolicyOptionException($"{Phases.Name}: set-size-spread is {options.SetSizeSpread}; it must be below the set-size of {options.SetSize}");
        if (options.Overlap >= smallest)
            throw new PolicyOptionException($"{Phases.Name}: overlap is {options.Overlap}; it must be below the smallest set of {smallest} pages");
        long needed = (2L * largest) - options.Overlap;
        if (context.Pages < needed || context.Pages > Array.MaxLength)
            throw new PolicyOptionException($"{Phases.Name}: the region has {context.Pages} pages; two sets in succession take from {needed} to {Array.MaxLength}");
        _set = new uint[largest];
        _lastPhase = new uint[context.Pages];
    }

    /// <summary>The pages of the current set.</summary>
    public ReadOnlySpan<uint> Current => _set.AsSpan(0, _size);

    /// <summary>The largest set that may come.</summary>
    public int LargestSet => _set.Length;

    /// <summary>Goes to the next set.</summary>
    /// <returns>The references for which it is held, at least 1.</returns>
    public long Advance()
    {
        _phase = checked(_phase + 1);
        int size = SampleSize();
        int kept = Math.Min(_options.Overlap, _size);
        // The kept pages come to the front by the first steps of a shuffle.
        for (int i = 0; i < kept; i++)
        {
            int other = i + (int)_random.Below((ulong)(_size - i));
            (_set[i], _set[other]) = (_set[other], _set[i]);
            _lastPhase[_set[i]] = _phase;
        }
        for (int i = kept; i < size; i++)
        {
            uint page = NextEntering();
            _lastPhase[page] = _phase;
            _set[i] = page;
        }
        _size = size;
        return SampleHoldingTime();
    }

    private static (int Smallest, int Largest) Bounds(PhasesOptions options) => options.SetSizes switch
    {
        SetSizeDistribution.Uniform => (options.SetSize - options.SetSizeSpread, options.SetSize + options.SetSizeSpread),
        SetSizeDistribution.Normal => (options.SetSizeSpread < options.SetSize ? 1 : 0, 2 * options.SetSize),
        _ => (options.SetSize, options.SetSize),
    };

    private uint NextEntering()
    {
        uint page;
        do
        {
            page = _options.Sets == SetSelection.Random ? (uint)_random.Below((ulong)_region) : _cursor;
            if (_options.Sets == SetSelection.Disjoint && ++_cursor == _region) _cursor = 0;
        }
        while (_lastPhase[page] + 1 >= _phase && _lastPhase[page] > 0);
        return page;
    }

    private int SampleSize()
    {
        int mean = _options.SetSize, spread = _options.SetSizeSpread;
        switch (_options.SetSizes)
        {
            case SetSizeDistribution.Uniform:
                return mean - spread + (int)_random.Below((2 * (ulong)spread) + 1);
            case SetSizeDistribution.Normal:
                while (true)
                {
                    // Box and Muller, Ann. Math. Statist. 29(2), 1958; the second variate is not used.
                    double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
                    double size = Math.Round(mean + (spread * radius * Math.Cos(2 * Math.PI * _random.NextDouble())));
                    if (size >= 1 && size <= _set.Length) return (int)size;
                }
            default:
                return mean;
        }
    }

    private long SampleHoldingTime()
    {
        double mean = _options.HoldingTime;
        if (_options.HoldingTimes == HoldingTimeDistribution.Constant) return (long)Math.Round(mean);
        if (mean == 1) return 1;
        // Geometric from 1 by inversion: its mean is exact, where a rounded exponential's would be half a reference off.
        return Math.Max(1, (long)Math.Ceiling(Math.Log(1 - _random.NextDouble()) / Math.Log(1 - (1 / mean))));
    }
}
