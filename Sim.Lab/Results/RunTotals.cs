using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Lab.Results;

/// <summary>A run's measured part, summed up over processes and CPUs.</summary>
public sealed class RunTotals
{
    private readonly SimTime[] _times;
    private readonly CostModel _costs;

    /// <summary>Sums a run up.</summary>
    public RunTotals(RunResult result, MachineSpec machine)
    {
        Result = result;
        DeviceChannels = machine.SwapDevice.Channels;
        DiskChannels = machine.Disk.Channels;
        Memory = machine.Memory;
        _costs = machine.Costs;
        Counters = result.KernelMeasured.Snapshot();
        foreach (var process in result.Processes) Counters.Add(process.Measured);
        _times = Enum.GetValues<TimeCategory>()
            .Select(category => new SimTime(result.CpuTimes.Sum(cpu => cpu[(int)category].Picoseconds))).ToArray();
    }

    /// <summary>The run.</summary>
    public RunResult Result { get; }

    /// <summary>Channels of the swap device.</summary>
    public int DeviceChannels { get; }

    /// <summary>Channels of the device of the files.</summary>
    public int DiskChannels { get; }
    /// <summary>The machine's memory.</summary>
    public ByteSize Memory { get; }

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

    /// <summary>Mean time in which a fault finds its mapping; zero without faults.</summary>
    public SimTime VmaLookupMean
    {
        get
        {
            long lookups = Counters[Counter.VmaLookups];
            SimTime all = _costs[Cost.VmaLookup] * lookups + _costs[Cost.VmaNodeVisit] * Counters[Counter.VmaLookupVisits]
                + _costs[Cost.VmaCompare] * Counters[Counter.VmaLookupComparisons];
            return lookups == 0 ? SimTime.Zero : new SimTime(all.Picoseconds / lookups);
        }
    }

    /// <summary>A counter as a share of the references; NaN without any.</summary>
    public double PerReference(Counter counter) => Counters[Counter.References] == 0
        ? double.NaN
        : (double)Counters[counter] / Counters[Counter.References];
}
