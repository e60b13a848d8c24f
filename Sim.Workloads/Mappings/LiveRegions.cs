using System;
using System.Collections.Generic;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>The regions of a model that are mapped, in the order of their age.</summary>
internal sealed class LiveRegions
{
    private readonly List<Region> _regions = [];
    private int _last;

    /// <summary>How many.</summary>
    public int Count => _regions.Count;

    /// <summary>The region at a place, the oldest at 0.</summary>
    public Region this[int place]
    {
        get => _regions[place];
        set => _regions[place] = value;
    }

    /// <summary>A number that no region has had.</summary>
    public int NewNumber() => ++_last;

    /// <summary>Adds a region.</summary>
    public void Add(Region region) => _regions.Add(region);

    /// <summary>Takes a region out.</summary>
    public Region Take(int place)
    {
        Region region = _regions[place];
        _regions.RemoveAt(place);
        return region;
    }

    /// <summary>Any place.</summary>
    public int Any(ref RandomStream random) => (int)random.Below((ulong)_regions.Count);

    /// <summary>The place of the one that goes next.</summary>
    public int Dying(Lifetime lifetime, ref RandomStream random) => lifetime switch
    {
        Lifetime.Oldest => 0,
        Lifetime.Generational => Math.Max(0, _regions.Count - 1 - (int)(_regions.Count * Math.Pow(random.NextDouble(), 4))),
        _ => Any(ref random),
    };

    /// <summary>A reference to a page of any region; at least one must have pages to touch.</summary>
    public MappedPage Touch(ref RandomStream random, double stores)
    {
        int place = Any(ref random);
        while (_regions[place].Pages == 0) place = (place + 1) % _regions.Count;
        return _regions[place].Touch(ref random, stores);
    }
}
