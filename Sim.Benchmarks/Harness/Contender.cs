using System;

namespace Sim.Benchmarks.Harness;

/// <summary>One side of a comparison.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Prepare">Sets up one round, off the clock, and returns what is timed, which returns the operations that it did.</param>
public sealed record Contender(string Name, Func<Func<long>> Prepare);
