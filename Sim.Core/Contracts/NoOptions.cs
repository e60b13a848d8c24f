namespace Sim.Core.Contracts;

/// <summary>The options of a policy that has none.</summary>
public sealed record NoOptions;
