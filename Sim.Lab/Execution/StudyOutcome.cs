using System.Collections.Generic;
using Sim.Lab.Results;

namespace Sim.Lab.Execution;

/// <summary>What came of executing a study.</summary>
/// <param name="Records">The runs that were finished, in the order of points and replications.</param>
/// <param name="Failures">A line for each run that failed.</param>
/// <param name="Computed">Runs that were computed.</param>
/// <param name="Reused">Runs that were found finished.</param>
/// <param name="WasInterrupted">Whether it was cancelled before all runs were done.</param>
public sealed record StudyOutcome(IReadOnlyList<RunRecord> Records, IReadOnlyList<string> Failures, int Computed, int Reused, bool WasInterrupted);
