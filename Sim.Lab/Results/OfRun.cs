namespace Sim.Lab.Results;

/// <summary>A row of a table beside the run that it belongs to.</summary>
/// <typeparam name="TRow">The table's row.</typeparam>
/// <param name="Run">The run, with its parameters and summary metrics.</param>
/// <param name="Row">The row.</param>
public sealed record OfRun<TRow>(RunRow Run, TRow Row);
