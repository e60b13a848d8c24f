using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Pays for what is done to a machine before it starts and after it has ended: nothing.</summary>
internal sealed class FreeOfCharge : ICharge
{
    private FreeOfCharge()
    {
    }

    public static FreeOfCharge AtNoTime { get; } = new();

    public SimTime Now => SimTime.Zero;

    public int Cpu => 0;

    public void ChargeDevice(SimTime time)
    {
    }

    public void Charge(Cost cost, long times = 1)
    {
    }
}
