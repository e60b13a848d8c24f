using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Lab.Results;

/// <summary>A run's measured part, summed up over processes and CPUs.</summary>
public sealed class RunTotals
{
    private readonly SimTime[] _times;

    /// <summary>Sums a run up.</summary>
    public RunTotals(RunResult result, int deviceChannels)
    {
        Result = result;
        DeviceChannels = deviceChannels;
        Counters = result.KernelMeasured.Snapshot();
        foreach (var process in result.Processes) Counters.Add(process.Measured);
        _times = Enum.GetValues<TimeCategory>()
            .Select(category => new SimTime(result.CpuTimes.Sum(cpu => cpu[(int)category].Picoseconds))).ToArray();
    }

    /// <summary>The run.</summary>
    public RunResult Result { get; }

    /// <summary>Channels of the swap device.</summary>
    public int DeviceChannels { get; }

    /// <summary>Counters over the measured part.</summary>
    public CounterSet Counters { get; }

    /// <summary>From the end of the warm-up to the end.</summary>
    public SimTime MeasuredTime => Result.MeasuredFrom == SimTime.Never ? SimTime.Zero : Result.Elapsed - Result.MeasuredFrom;

    /// <summary>The samples from the end of the warm-up on.</summary>
    public IEnumerable<Sample> MeasuredSamples => Result.Samples.Where(sample => sample.Time >= Result.MeasuredFrom);

    /// <summary>CPU time of a category over the measured part, summed over CPUs.</summary>
    public SimTime Time(TimeCategory category) => _times[(int)category];

    /// <summary>CPU time of all categories.</summary>
    public SimTime AllTime => new(_times.Sum(time => time.Picoseconds));

    /// <summary>A counter as a share of the references; NaN without any.</summary>
    public double PerReference(Counter counter) => Counters[Counter.References] == 0
        ? double.NaN
        : (double)Counters[counter] / Counters[Counter.References];
}
