using System;
using System.Collections.Generic;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Samples the machine over simulated time without scheduling anything, so that sampling changes no result. Starts fine and halves its rate
/// whenever the series grows too long, so that every run, short or long, yields between half the limit and the limit.
/// </summary>
internal sealed class Sampler(Func<SimTime, Sample> take)
{
    private const int Limit = 256;
    private readonly List<Sample> _samples = [];
    private long _interval = SimTime.FromMicroseconds(10).Picoseconds;
    private long _next;

    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Samples when the time for it has come.</summary>
    public void Observe(SimTime now)
    {
        if (now.Picoseconds < _next) return;
        _samples.Add(take(now));
        _next = (now.Picoseconds / _interval + 1) * _interval;
        if (_samples.Count < Limit) return;
        for (int i = 0; i < Limit / 2; i++) _samples[i] = _samples[2 * i];
        _samples.RemoveRange(Limit / 2, Limit / 2);
        _interval *= 2;
    }

    /// <summary>The last sample, at the end of the run.</summary>
    public void Close(SimTime end)
    {
        if (_samples.Count == 0 || _samples[^1].Time < end) _samples.Add(take(end));
    }
}
