using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>What the swap device asks of the engine.</summary>
public interface IDeviceEvents
{
    /// <summary>The device will be done with a request of a transfer at a time.</summary>
    void ScheduleDeviceDone(SimTime time, int transfer);

    /// <summary>Counts for the machine as a whole.</summary>
    void Count(Counter counter, long times = 1);
}
