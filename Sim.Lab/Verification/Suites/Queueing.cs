using System;
using System.Collections.Generic;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Units;
using Sim.Lab.Verification.ClosedForms;

namespace Sim.Lab.Verification.Suites;

/// <summary>The swap device as a queue, under Poisson arrivals.</summary>
internal static class Queueing
{
    private const string Suite = "swap device";

    public static IEnumerable<VerificationCheck> Run(bool isQuick)
    {
        int requests = isQuick ? 400_000 : 2_000_000;
        double distance = isQuick ? 0.08 : 0.04;
        foreach (double load in new[] { 0.5, 0.8 })
        {
            yield return Compare($"M/D/1 at {load}: mean wait in services", 1, load, ServiceTime.Constant, SingleServerQueue.WaitingTimeMD1(load, 1), "Pollaczek, Khinchine");
            yield return Compare($"M/M/1 at {load}: mean wait in services", 1, load, ServiceTime.Exponential, SingleServerQueue.WaitingTimeMM1(load, 1), "1 / (mu - lambda) - 1 / mu");
            yield return Compare($"M/M/4 at {load}: mean wait in services", 4, load, ServiceTime.Exponential, MultiServerQueue.WaitingTimeMMc(4, 4 * load, 1), "Erlang C");
            yield return Compare($"M/D/2 at {load}: mean wait in services", 2, load, ServiceTime.Constant, MultiServerQueue.WaitingTimeMDc(2, 2 * load, 1), "Crommelin 1932");
        }

        VerificationCheck Compare(string name, int channels, double load, ServiceTime service, double expected, string source) =>
            VerificationCheck.Within(Suite, name, MeanWait(channels, load, service, requests), expected, distance * expected + 0.002, source);
    }

    private static double MeanWait(int channels, double load, ServiceTime service, int requests)
    {
        var mean = SimTime.FromMicroseconds(100);
        var device = new BlockDevice(new BlockDeviceSpec(mean, mean, channels, service), 3);
        var arrivals = new RandomStream(17);
        double gap = mean.Picoseconds / (channels * load);
        long now = 0;
        for (int request = 0; request < requests; request++)
        {
            now += (long)Math.Round(arrivals.NextExponential(gap));
            device.Submit(new SimTime(now), isWrite: false);
        }
        double busy = device.Busy.Picoseconds / (double)requests;
        return (device.Latency.Total.Picoseconds / (double)requests - busy) / mean.Picoseconds;
    }
}
