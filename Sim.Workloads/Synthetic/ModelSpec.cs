namespace Sim.Workloads.Synthetic;

/// <summary>A model by name, with its typed options: what an experiment's `model:` becomes.</summary>
/// <param name="Name">The model's name in the catalogue.</param>
/// <param name="Options">An instance of the model's options record.</param>
public sealed record ModelSpec(string Name, object Options);
