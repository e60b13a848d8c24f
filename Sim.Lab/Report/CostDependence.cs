using System;
using System.Linq;
using Sim.Lab.Results;

namespace Sim.Lab.Report;

/// <summary>
/// Whether a metric would be another under another cost model. Times always would. Counts depend on the order of references only: with one
/// process that order is the program's own; with several, costs decide how they interleave.
/// </summary>
internal sealed class CostDependence
{
    private readonly bool _hasOneProcess;

    public CostDependence(Study study)
    {
        int most = study.Processes.GroupBy(process => process.Run.Id).Select(run => run.Count()).DefaultIfEmpty(0).Max();
        _hasOneProcess = most == 1;
    }

    /// <summary>Whether a metric is a time, or a rate or share of time.</summary>
    public static bool IsTime(string metric) => MetricCatalogue.Find(metric) is not { } known || known.Unit is "ns" or "per_s"
        || metric.EndsWith("_utilisation", StringComparison.Ordinal) || metric == "nr_context_switches";

    /// <summary>Whether another cost model would give other values.</summary>
    public bool Affects(string metric) => IsTime(metric) || !_hasOneProcess;

    /// <summary>One sentence for under a figure.</summary>
    public string Sentence(string metric) => (IsTime(metric), _hasOneProcess) switch
    {
        (true, _) => "A time: depends on the cost model.",
        (false, true) => "A count of one process: does not depend on the cost model.",
        (false, false) => "A count of several processes: depends on the cost model through their interleaving only.",
    };

    /// <summary>The note on methods: counts first, time second.</summary>
    public string Note => _hasOneProcess
        ? "Counts first, time second. Every run has one process, so what is counted (faults, insertions, walks) follows from its references " +
          "alone; times, utilisations and throughput follow from the counts through the cost model and would change with it."
        : "Counts first, time second. Runs have several processes: times, utilisations and throughput follow from the cost model, and counts " +
          "depend on it as far as costs decide how processes interleave. A conclusion should hold under the low and high cost presets as well.";
}
