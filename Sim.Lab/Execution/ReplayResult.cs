using System.Collections.Generic;

namespace Sim.Lab.Execution;

/// <summary>What a trace was, and what every policy made of it.</summary>
/// <param name="References">References of the trace.</param>
/// <param name="Pages">Its different pages; null where nothing counted them.</param>
/// <param name="Rows">Every policy with every number of frames, policies first.</param>
public sealed record ReplayResult(long References, long? Pages, IReadOnlyList<ReplayRow> Rows);
