using System;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Swap;

/// <summary>
/// The device behind swap, as a queue with c servers. Service is not interrupted and the order is that of arrival, so a request's end is known
/// when it is submitted: the channel that is free first takes it.
/// </summary>
public sealed class SwapDevice(SwapDeviceSpec spec, ulong seed)
{
    private readonly SimTime[] _freeAt = new SimTime[spec.Channels];
    private RandomStream _random = new(seed);

    /// <summary>From submission to completion of every request.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Time that channels were busy, summed over them.</summary>
    public SimTime Busy { get; private set; }

    /// <summary>Queues a request at <paramref name="now"/>, which never lies before that of an earlier request, and returns when it is done.</summary>
    public SimTime Submit(SimTime now, bool isWrite)
    {
        int channel = 0;
        for (int other = 1; other < _freeAt.Length; other++)
        {
            if (_freeAt[other] < _freeAt[channel]) channel = other;
        }
        SimTime service = isWrite ? spec.Write : spec.Read;
        if (spec.Service == ServiceTime.Exponential) service = new SimTime((long)_random.NextExponential(service.Picoseconds));
        SimTime done = SimTime.Max(now, _freeAt[channel]) + service;
        _freeAt[channel] = done;
        Busy += service;
        Latency.Record(done - now);
        return done;
    }
}
