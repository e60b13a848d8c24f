using System.Collections.Generic;

namespace Sim.Lab.Scripts;

/// <summary>Where the model first differs from a recorded case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Line">The line of the file.</param>
/// <param name="Operation">The operation as the file has it, without its expectations; "final" for the last map.</param>
/// <param name="Recorded">What it returned when it was recorded; empty for the final map.</param>
/// <param name="Simulated">What it returned in the model.</param>
/// <param name="RecordedMap">The mappings after it, as recorded.</param>
/// <param name="SimulatedMap">The mappings after it in the model.</param>
public sealed record ScriptDifference(
    string Case, long Line, string Operation, string Recorded, string Simulated, IReadOnlyList<string> RecordedMap, IReadOnlyList<string> SimulatedMap);
