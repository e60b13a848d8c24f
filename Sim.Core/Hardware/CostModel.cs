using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>
/// What each named cost is worth. Presets are calibrated against the recorded composites of a Linux 6.18 guest on a Zen 4 EPYC
/// (kernel recordings, costs.json): each composite is cut into its steps, and every step is charged once.
/// </summary>
public sealed class CostModel
{
    private readonly CostValue[] _values;
    private readonly long[] _picoseconds;

    private CostModel(string name, CostValue[] values)
    {
        Name = name;
        _values = values.OrderBy(value => value.Cost).ToArray();
        _picoseconds = _values.Select(value => value.Value.Picoseconds).ToArray();
        if (_values.Where((value, index) => (int)value.Cost != index).Any() || _values.Length != Enum.GetValues<Cost>().Length)
            throw new ArgumentException($"cost model {name} does not give every cost once");
    }

    /// <summary>The preset's name.</summary>
    public string Name { get; }

    /// <summary>Every cost with its unit and source.</summary>
    public IReadOnlyList<CostValue> Values => _values;

    /// <summary>What one cost is worth.</summary>
    public SimTime this[Cost cost] => new(_picoseconds[(int)cost]);

    /// <summary>The model with some costs replaced.</summary>
    public CostModel With(IEnumerable<KeyValuePair<Cost, SimTime>> changes)
    {
        CostValue[] values = [.. _values];
        foreach (var (cost, value) in changes) values[(int)cost] = new CostValue(cost, value, "set by the experiment");
        return new CostModel(Name, values);
    }

    /// <summary>The presets' names; the first is the default.</summary>
    public static IReadOnlyList<string> Presets { get; } =
        [EpycCosts.Name, EpycCosts.Name + "-low", EpycCosts.Name + "-high", "zero-kernel"];

    /// <summary>A preset by name, or null.</summary>
    public static CostModel? Find(string name) => name switch
    {
        EpycCosts.Name => Of(name, row => row.Base),
        EpycCosts.Name + "-low" => Of(name, row => row.Low),
        EpycCosts.Name + "-high" => Of(name, row => row.High),
        "zero-kernel" => Of(name, row => row.Cost <= Cost.WalkLeafEntry || row.Cost == Cost.InterruptDelivery ? row.Base : 0),
        _ => null,
    };

    private static CostModel Of(string name, Func<EpycCosts.Row, double> nanoseconds) => new(name, EpycCosts.Rows
        .Select(row => new CostValue(row.Cost, SimTime.FromNanoseconds(nanoseconds(row)), row.Source)).ToArray());
}
