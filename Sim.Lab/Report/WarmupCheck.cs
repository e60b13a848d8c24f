using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Report;

/// <summary>
/// Looks for runs that were measured before they had settled: MSER-5 over the fault rate of the samples after the warm-up. Runs with too few
/// samples to tell are passed over.
/// </summary>
internal static class WarmupCheck
{
    /// <summary>The share of the measured samples that MSER-5 may drop without a word.</summary>
    private const double Tolerated = 0.2;

    /// <summary>The share of the runs that may look unsettled by chance.</summary>
    private const double LeastShare = 0.1;

    /// <summary>MSER-5 says nothing of fewer samples.</summary>
    private const int FewestSamples = 10 * Mser5.BatchSize;

    public static IEnumerable<string> Of(Study study)
    {
        bool[] unsettled = [.. study.Series.GroupBy(sample => sample.Run).Select(run => IsUnsettled(run.Key, [.. run.Select(sample => sample.Row)])).OfType<bool>()];
        int count = unsettled.Count(isUnsettled => isUnsettled);
        if (count <= unsettled.Length * LeastShare) return [];
        return [FormattableString.Invariant(
            $"The warm-up may be too short: in {count} of {unsettled.Length} runs the fault rate was still settling in the measured part (MSER-5).")];
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
        Mser5 truncation = Mser5.Of(rates);
        return !truncation.IsTrustworthy || truncation.Observations > rates.Length * Tolerated;
    }
}
