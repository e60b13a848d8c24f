namespace Sim.Workloads.Synthetic;

/// <summary>What a model is made for.</summary>
/// <param name="Pages">Pages of the region, at least 1 and below 2^32.</param>
/// <param name="Seed">Seed of the model's own stream; nested models derive theirs from it.</param>
public sealed record ModelContext(long Pages, ulong Seed);
