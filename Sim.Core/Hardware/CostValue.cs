using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>One named cost: its value for one time it is charged, and where the number comes from.</summary>
public sealed record CostValue(Cost Cost, SimTime Value, string Source);
