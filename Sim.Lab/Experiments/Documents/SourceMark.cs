namespace Sim.Lab.Experiments.Documents;

/// <summary>Where a piece of a study was written.</summary>
/// <param name="File">The file as the user named it, or the override that holds it.</param>
/// <param name="Line">From 1; 0 in an override.</param>
/// <param name="Column">From 1; 0 in an override.</param>
internal readonly record struct SourceMark(string File, int Line, int Column)
{
    /// <summary>The error that points here.</summary>
    public StudyException Error(string problem) => new(File, Line, Column, problem);
}
