using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Curves;
using Sim.Lab.Verification.ClosedForms;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Traces;
using LruStackModel = Sim.Lab.Verification.ClosedForms.LruStackModel;
using Zipf = Sim.Lab.Verification.ClosedForms.Zipf;

namespace Sim.Lab.Verification.Suites;

/// <summary>What the reference models promise: the working-set curve, the stack model's miss ratios, and the knee of the lifetime function.</summary>
internal static class Locality
{
    private const string Suite = "locality";

    public static IEnumerable<VerificationCheck> Run(bool isQuick)
    {
        int length = isQuick ? 400_000 : 2_000_000;
        return [.. WorkingSets(length), StackModel(length), .. Knees(length)];
    }

    private static IEnumerable<VerificationCheck> WorkingSets(int length)
    {
        const string Source = "Denning, Schwartz, CACM 15(3), 1972";
        double[] law = Zipf.Probabilities(20, 0.8);
        var intervals = new ReuseIntervals();
        intervals.Run(ReplayOf.Stream("zipf", new ZipfOptions { Alpha = 0.8, Scatter = false }, 20, length, 5), 20);
        WorkingSetPoint[] curve = [.. intervals.WorkingSets()];
        foreach (int window in new[] { 1, 5, 15, 50, 150 })
        {
            // Misses are nearly independent, sizes of neighbouring windows nearly equal: hence the window in the second error.
            double missRatio = WorkingSet.MissRatio(law, window);
            yield return VerificationCheck.Within(Suite, $"zipf(0.8), 20 pages: working-set misses m, window {window}", curve[window].MissRatio, missRatio,
                4 * Math.Sqrt(missRatio * (1 - missRatio) / length), Source);
            yield return VerificationCheck.Within(Suite, $"zipf(0.8), 20 pages: mean working set s, window {window}", curve[window].MeanSize, WorkingSet.MeanSize(law, window),
                4 * 2 * Math.Sqrt((double)window / length), Source);
        }
    }

    private static VerificationCheck StackModel(int length)
    {
        const int Pages = 5_000;
        var stack = new LruStackModelOptions { Scale = 50, Exponent = 1.2 };
        uint[] references = ReplayOf.Stream("lru-stack", stack, Pages, length, 6);
        var distances = new StackDistances();
        distances.Run(references.AsSpan(0, length / 2), Pages);
        long[] cold = distances.Misses();
        distances.Run(references.AsSpan(length / 2), Pages);
        long[] all = distances.Misses();
        // Up to the depth that the first half filled.
        double worst = Enumerable.Range(1, cold.Length - 1)
            .Max(frames => Math.Abs(((all[frames] - cold[frames]) / (length / 2.0)) - LruStackModel.PowerLawTail(frames, stack.Scale, stack.Exponent)));
        return new VerificationCheck(Suite, $"lru-stack(50, 1.2): greatest distance from its target curve at {cold.Length - 1} sizes", worst, 0, 0, 0.01,
            "Mattson et al., IBM Systems Journal 9(2), 1970; Spirn 1976");
    }

    /// <summary>Sets of 30 pages that share none are blocks of successive pages, so that the phases can be counted.</summary>
    private static IEnumerable<VerificationCheck> Knees(int length)
    {
        const string Source = "H / M with the phases' realised mean; Denning, Kahn, SOSP 1975";
        const int SetSize = 30, Pages = 40_000;
        foreach (Micromodel micromodel in new[] { Micromodel.Cyclic, Micromodel.Sawtooth, Micromodel.Random })
        {
            var options = new PhasesOptions { SetSize = SetSize, HoldingTime = 2_500, Micromodel = micromodel };
            uint[] references = ReplayOf.Stream("phases", options, Pages, length, 8);
            string what = $"phases({SetSize} pages, 2500 references, {micromodel.ToString().ToLowerInvariant()})";
            double phases = 1 + Enumerable.Range(1, references.Length - 1).Count(i => references[i] / SetSize != references[i - 1] / SetSize);
            double expected = length / phases / SetSize;
            TraceCurves curves = TraceCurves.Of(new PageTraceRest(new PageTrace(what, references, new ulong[Pages])), () => null, 1);
            // References at random do not come to every page of a short phase, so that fewer enter than the set has.
            double slack = (micromodel == Micromodel.Random ? 0.05 : 0.02) * expected;
            yield return VerificationCheck.Exact(Suite, $"{what}: frames at lru's knee", curves.LruKnee?.Memory ?? 0, SetSize, "a locality fits; Denning, TSE 6(1), 1980");
            yield return VerificationCheck.Within(Suite, $"{what}: lifetime at lru's knee", curves.LruKnee?.Lifetime ?? 0, expected, slack, Source);
            yield return VerificationCheck.Within(Suite, $"{what}: lifetime at the working set's knee", curves.WorkingSetKnee?.Lifetime ?? 0, expected, 2 * slack, Source);
        }
    }
}
