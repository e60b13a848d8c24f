using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Report;

/// <summary>
/// Looks for runs that were measured before they had settled: where MSER-5 would cut more from the front of the fault rate's samples, and the cut
/// would move their mean. MSER-5 alone also cuts into noise. Runs with too few samples to tell are passed over.
/// </summary>
internal static class WarmupCheck
{
    /// <summary>By how much, relative to itself, the mean may move without a word.</summary>
    private const double Tolerated = 0.05;

    /// <summary>The share of the runs that may look unsettled by chance.</summary>
    private const double LeastShare = 0.1;

    /// <summary>MSER-5 says nothing of fewer samples.</summary>
    private const int FewestSamples = 10 * Mser5.BatchSize;

    public static IEnumerable<string> Of(Study study)
    {
        bool[] unsettled =
        [
            .. study.Series.GroupBy(sample => sample.Run)
                .Select(run => IsUnsettled(run.Key, [.. run.Select(sample => sample.Row)])).OfType<bool>(),
        ];
        int count = unsettled.Count(isUnsettled => isUnsettled);
        if (count <= unsettled.Length * LeastShare) return [];
        string runs = FormattableString.Invariant($"{count} of {unsettled.Length} runs");
        return [$"The warm-up may be too short: in {runs} dropping what MSER-5 calls unsettled would move the fault rate by more than 5 %."];
    }

    // Null where there are too few samples.
    private static bool? IsUnsettled(RunRow run, SeriesRow[] samples)
    {
        double measuredFrom = run.Metric("elapsed_ns") - run.Metric("measured_ns");
        SeriesRow[] measured = [.. samples.Where(sample => sample.TimeNs >= measuredFrom)];
        double[] rates =
        [
            .. measured.Zip(measured.Skip(1)).Where(pair => pair.Second.References > pair.First.References)
                .Select(pair => (pair.Second.Pgfault - pair.First.Pgfault) / (double)(pair.Second.References - pair.First.References)),
        ];
        if (rates.Length < FewestSamples) return null;
        double all = Moments.Of(rates).Mean;
        double settled = Moments.Of(rates.AsSpan(Mser5.Of(rates).Observations)).Mean;
        return Math.Abs(all - settled) > Tolerated * all;
    }
}
