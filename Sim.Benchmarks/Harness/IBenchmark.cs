using System.Collections.Generic;

namespace Sim.Benchmarks.Harness;

/// <summary>
/// Some rows of the table. Implementing this adds them: the program scans its own assembly, so a row is one small file. Needs a
/// constructor without parameters.
/// </summary>
public interface IBenchmark
{
    /// <summary>What to type to run this one alone: replay.</summary>
    string Name { get; }

    /// <summary>Measures. Anything expensive is prepared here and not in the constructor.</summary>
    IEnumerable<Row> Run(Session session);
}
