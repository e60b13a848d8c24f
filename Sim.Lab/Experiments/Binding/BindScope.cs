using System.Collections.Generic;
using Sim.Core.Contracts;

namespace Sim.Lab.Experiments.Binding;

/// <summary>What binding needs beside the document.</summary>
/// <param name="Catalogue">The policies that there are.</param>
/// <param name="Traces">The traces that the study names.</param>
/// <param name="Models">Models that were tried already.</param>
internal sealed record BindScope(PolicyCatalogue Catalogue, TraceStore Traces, ModelTrials Models)
{
    /// <summary>The files that the study declares.</summary>
    public FileScope Files { get; init; } = FileScope.None;

    /// <summary>Every key that was asked for, as a path without numbers: workload.program.access.count. Null records nothing.</summary>
    public ISet<string>? Keys { get; init; }
}
