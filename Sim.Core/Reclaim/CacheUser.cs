using Sim.Core.Contracts;
using Sim.Core.Metrics;

namespace Sim.Core.Reclaim;

/// <summary>For whom pages of files are brought in.</summary>
/// <param name="Domain">Whom their frames are charged to.</param>
/// <param name="Counters">Where they are counted.</param>
/// <param name="Payer">Who pays.</param>
public readonly record struct CacheUser(IReclaimDomain Domain, CounterSet Counters, ICharge Payer);
