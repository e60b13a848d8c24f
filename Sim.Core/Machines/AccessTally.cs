using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>What one stretch of references adds up to, before it is booked.</summary>
internal struct AccessTally
{
    public long Elapsed;
    public long References;
    public long FirstLevelMisses;
    public long Misses;
    public long WalkReferences;

    /// <summary>Books it to the CPU's clock and the process's counters. What is not the references' own time went into translating.</summary>
    public readonly void Book(Cpu cpu, CounterSet counters, long referenceCost)
    {
        var user = new SimTime(References * referenceCost);
        cpu.Spend(TimeCategory.User, user);
        cpu.Spend(TimeCategory.Translation, new SimTime(Elapsed) - user);
        counters.Add(Counter.References, References);
        counters.Add(Counter.TlbFirstLevelMisses, FirstLevelMisses);
        counters.Add(Counter.TlbMisses, Misses);
        counters.Add(Counter.WalkReferences, WalkReferences);
    }
}
