using System.Collections.Generic;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Sweeps;

/// <summary>A swept key with its values.</summary>
/// <param name="Key">The path as the study writes it.</param>
/// <param name="Path">Where the values go.</param>
/// <param name="Values">The values, in order.</param>
internal sealed record SweepAxis(string Key, NodePath Path, IReadOnlyList<SweepValue> Values);

/// <summary>A value of an axis: what is put in, and how it is shown. A policy is shown in its canonical form.</summary>
internal sealed record SweepValue(Node Node, string Text);
