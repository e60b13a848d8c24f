using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Whoever pays for a step of the kernel: the CPU that runs it.</summary>
public interface ICharge
{
    /// <summary>The CPU's time: when the step that is charged next begins.</summary>
    SimTime Now { get; }

    /// <summary>The CPU's number.</summary>
    int Cpu { get; }

    /// <summary>Charges a named cost a number of times.</summary>
    void Charge(Cost cost, long times = 1);

    /// <summary>Charges what a synchronous device takes of the CPU.</summary>
    void ChargeDevice(SimTime time);
}
