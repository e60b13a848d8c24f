using System;
using System.Runtime.CompilerServices;

namespace Sim.Core.Metrics;

/// <summary>One value per <see cref="Counter"/>.</summary>
public sealed class CounterSet
{
    private readonly long[] _values = new long[CounterNames.Count];

    /// <summary>A counter's value.</summary>
    public long this[Counter counter]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[(int)counter];
    }

    /// <summary>Counts <paramref name="times"/> more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Counter counter, long times = 1) => _values[(int)counter] += times;

    /// <summary>Adds every counter of another set.</summary>
    public void Add(CounterSet other)
    {
        for (int i = 0; i < _values.Length; i++) _values[i] += other._values[i];
    }

    /// <summary>A copy that no longer counts.</summary>
    public CounterSet Snapshot()
    {
        var copy = new CounterSet();
        Array.Copy(_values, copy._values, _values.Length);
        return copy;
    }

    /// <summary>What was counted since <paramref name="earlier"/>.</summary>
    public CounterSet Since(CounterSet earlier)
    {
        CounterSet difference = Snapshot();
        for (int i = 0; i < _values.Length; i++) difference._values[i] -= earlier._values[i];
        return difference;
    }
}
