using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Sim.Lab.Curves;
using Sim.Lab.Execution;
using Sim.Lab.Verification.ClosedForms;

namespace Sim.Cli.Commands;

/// <summary>A trace's curves as a table and as JSON.</summary>
internal static class MrcOutput
{
    private static readonly double[] Shares = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    /// <summary>The curve at some sizes, the knees and the policies; the whole curve is in the JSON and the tables.</summary>
    public static void WriteTable(string trace, string format, TraceCurves curves, IReadOnlyList<ReplayRow> policies)
    {
        string about = curves.Sample is { } sample
            ? $" about {curves.Pages:N0} pages, from {sample.SampledPages:N0} of them (a share of {sample.Rate:0.######}, {sample.SampledReferences:N0} references); between low and high with 95 % confidence"
            : $" {curves.Pages:N0} pages";
        Console.WriteLine($"{trace}, read as {format}: {curves.References:N0} references to{about}");
        MissRatioPoint[] shown = [.. Shares.Select(share => curves.Lru.FirstOrDefault(point => point.Frames >= share * curves.Pages)).Where(point => point.Frames > 0).Distinct()];
        bool isSampled = curves.Sample is not null;
        string[] band = isSampled ? ["low", "high"] : [];
        TextTable.Write(["lru frames", "misses", "miss ratio", .. band, "lifetime"], [.. shown.Select(point => (string[])
            [Number(point.Frames), Number(point.Misses), Ratio(point.MissRatio), .. isSampled ? [Ratio(point.Low), Ratio(point.High)] : (string[])[], Real(point.Lifetime)])]);
        Console.WriteLine($"lru lifetime knee          {Text(curves.LruKnee)}");
        if (!isSampled) Console.WriteLine($"working-set lifetime knee  {Text(curves.WorkingSetKnee)}");
        if (policies.Count == 0) return;
        TextTable.Write(["policy", "frames", "misses", "miss ratio"], [.. policies.Select(row => (string[])[row.Policy, Number(row.Frames), Number(row.Misses), Ratio(row.MissRatio)])]);
    }

    public static void WriteJson(string trace, string format, TraceCurves curves, IReadOnlyList<ReplayRow> policies) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            trace,
            format,
            refs = curves.References,
            pages = curves.Pages,
            sample = curves.Sample is { } sample ? new { rate = sample.Rate, pages = sample.SampledPages, refs = sample.SampledReferences, confidence = ShardsSample.Confidence } : null,
            lru = curves.Lru.Select(point => new { frames = point.Frames, misses = point.Misses, miss_ratio = point.MissRatio, low = point.Low, high = point.High }),
            lru_knee = Knee(curves.LruKnee),
            working_set = curves.WorkingSets.Select(point => new { window = point.Window, mean_size = point.MeanSize, miss_ratio = point.MissRatio }),
            working_set_knee = Knee(curves.WorkingSetKnee),
            footprint = curves.Footprint.Select(point => new { refs = point.References, pages = point.Pages }),
            results = policies.Select(row => new { policy = row.Policy, frames = row.Frames, refs = row.References, misses = row.Misses }),
        }, Shared.Json));

    /// <summary>The curve as the replays of LRU that it stands for; estimates are rounded.</summary>
    public static IEnumerable<ReplayRow> RowsOf(TraceCurves curves) =>
        curves.Lru.Select(point => new ReplayRow("lru", checked((int)point.Frames), curves.References, (long)Math.Round(point.Misses)));

    private static object? Knee(LifetimeKnee? knee) => knee is { } at ? new { pages = at.Memory, lifetime = at.Lifetime } : null;

    private static string Text(LifetimeKnee? knee) => knee is { } at ? $"{Real(at.Memory)} pages, {Real(at.Lifetime)} references between faults" : "none: L(x) / x is greatest at an end of the curve";

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Real(double value) => value.ToString("#,0.0", CultureInfo.InvariantCulture);
}
