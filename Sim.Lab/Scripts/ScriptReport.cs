using System.Collections.Generic;

namespace Sim.Lab.Scripts;

/// <summary>How a file of recorded cases and the model agree.</summary>
/// <param name="File">The file.</param>
/// <param name="Cases">Cases in it.</param>
/// <param name="CasesExact">Cases that agree in every operation and in the final map.</param>
/// <param name="Operations">Operations that carry an expectation.</param>
/// <param name="OperationsExact">Operations whose result and map agree, in every case up to and with its end.</param>
/// <param name="Failures">The first difference of each case that has one.</param>
public sealed record ScriptReport(string File, int Cases, int CasesExact, int Operations, int OperationsExact, IReadOnlyList<ScriptDifference> Failures)
{
    /// <summary>Cases that were left out, because they need transparent huge pages.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];
}
