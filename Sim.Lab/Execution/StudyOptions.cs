using Sim.Core.Units;

namespace Sim.Lab.Execution;

/// <summary>How a study is executed. Nothing of it changes a result.</summary>
/// <param name="Folder">Where the results go.</param>
/// <param name="Jobs">Runs at a time.</param>
/// <param name="IsFresh">Whether runs that are already finished are computed again.</param>
/// <param name="CheckEvery">Simulated time between two checks of all invariants, or null for none. Checking computes every run again.</param>
public sealed record StudyOptions(string Folder, int Jobs, bool IsFresh = false, SimTime? CheckEvery = null);
