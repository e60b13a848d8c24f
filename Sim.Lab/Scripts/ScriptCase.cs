using System.Collections.Generic;

namespace Sim.Lab.Scripts;

/// <summary>One case of a script: its header, its operations in order, and the line with the final map, if there is one.</summary>
internal sealed record ScriptCase(ScriptLine Header, IReadOnlyList<ScriptLine> Operations, ScriptLine? Final)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = Header.Text("case");
}
