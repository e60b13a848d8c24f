using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Hides the policy's type and the TLB's form from the machine.</summary>
internal interface IAccessLoop
{
    /// <summary>
    /// Makes references of the task's block, up to <paramref name="end"/>, until the block's or the horizon's end, a fault, or an access after which
    /// the policy wants pages gone, and advances the CPU's clock. True when an access needs the fault handler: then <see cref="Cpu.Fault"/> tells which.
    /// </summary>
    bool Run(Cpu cpu, SimTask task, int end, SimTime horizon);
}
