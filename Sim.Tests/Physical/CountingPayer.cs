using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Tests.Physical;

/// <summary>A payer whose time stands still and who remembers how often each cost was charged.</summary>
internal sealed class CountingPayer : ICharge
{
    private readonly Dictionary<Cost, long> _charged = [];

    public SimTime Now => SimTime.Zero;

    public int Cpu { get; init; }

    public void ChargeDevice(SimTime time)
    {
    }

    public void Charge(Cost cost, long times = 1) => _charged[cost] = Of(cost) + times;

    public long Of(Cost cost) => _charged.GetValueOrDefault(cost);
}
