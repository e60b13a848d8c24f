using System;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>
/// The device behind swap or files, as a queue with c servers. Service is not interrupted and the order is that of arrival, so a request's end is known
/// when it is submitted: the channel that is free first takes it.
/// </summary>
public sealed class BlockDevice(BlockDeviceSpec spec, ulong seed)
{
    private readonly SimTime[] _freeAt = new SimTime[spec.Channels];
    private RandomStream _random = new(seed);

    /// <summary>From submission to completion of every request.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>Time that channels were busy, summed over them.</summary>
    public SimTime Busy { get; private set; }

    /// <summary>Whether the CPU does the work: <see cref="Serve"/> in place of <see cref="Submit"/>.</summary>
    public bool IsSynchronous => spec.IsSynchronous;

    /// <summary>The CPU time that a request takes of a synchronous device.</summary>
    public SimTime Serve(bool isWrite)
    {
        SimTime service = Draw(isWrite, 1);
        Busy += service;
        Latency.Record(service);
        return service;
    }

    /// <summary>
    /// Queues a request of so many adjacent pages at <paramref name="now"/>, which never lies before that of an earlier request, and returns when it is done.
    /// </summary>
    public SimTime Submit(SimTime now, bool isWrite, int pages = 1)
    {
        SimTime service = Draw(isWrite, pages);
        int channel = ChannelFor(now);
        SimTime done = SimTime.Max(now, _freeAt[channel]) + service;
        _freeAt[channel] = done;
        Busy += service;
        Latency.Record(done - now);
        return done;
    }

    private SimTime Draw(bool isWrite, int pages)
    {
        SimTime service = (isWrite ? spec.Write : spec.Read) + spec.NextPage * (pages - 1);
        return spec.Service == ServiceTime.Constant ? service : new SimTime((long)_random.NextExponential(service.Picoseconds));
    }

    /// <summary>The channel that is free first. Of those that are free already any will do: no request can tell them apart.</summary>
    private int ChannelFor(SimTime now)
    {
        int first = 0;
        for (int channel = 0; channel < _freeAt.Length; channel++)
        {
            if (_freeAt[channel] <= now) return channel;
            if (_freeAt[channel] < _freeAt[first]) first = channel;
        }
        return first;
    }
}
