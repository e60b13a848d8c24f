namespace Sim.Lab.Results;

/// <summary>A row that belongs to a run, on its way into a table.</summary>
internal readonly record struct RunPart<TRow>(RunRecord Run, TRow Row);
