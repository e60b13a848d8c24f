using System;

namespace Sim.Lab.Results;

/// <summary>A summary metric: one column of runs.parquet.</summary>
/// <param name="Name">The column: kernel counters under the kernel's own names, others with their unit at the end.</param>
/// <param name="Unit">The unit: count, ns, bytes, fraction, per_s.</param>
/// <param name="IsWhole">Whether it is an int64; otherwise a double.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Value">Its value in a finished run; NaN where it is not defined.</param>
public sealed record MetricDefinition(string Name, string Unit, bool IsWhole, string Meaning, Func<RunTotals, double> Value);
