using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Verification.ClosedForms;
using Sim.Workloads.Synthetic;
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
        double[] law = Zipf.Probabilities(20, 0.8);
        uint[] zipf = ReplayOf.Stream("zipf", new ZipfOptions { Alpha = 0.8, Scatter = false }, 20, length, 5);
        (double size, double missRatio) = WorkingSetOf(zipf, 20, 15);
        yield return VerificationCheck.Within(Suite, "zipf(0.8), 20 pages: mean working set, window 15", size, WorkingSet.MeanSize(law, 15), 0.01,
            "Denning, Schwartz, CACM 15(3), 1972");
        yield return VerificationCheck.Within(Suite, "zipf(0.8), 20 pages: working-set misses, window 15", missRatio, WorkingSet.MissRatio(law, 15), 0.002,
            "Denning, Schwartz, CACM 15(3), 1972");

        var stack = new LruStackModelOptions { Scale = 50, Exponent = 1.2 };
        uint[] references = ReplayOf.Stream("lru-stack", stack, 5_000, length, 6);
        foreach (int frames in new[] { 10, 50, 200, 1_000, 3_000 })
        {
            double expected = LruStackModel.PowerLawTail(frames, stack.Scale, stack.Exponent);
            yield return VerificationCheck.Within(Suite, $"lru-stack(50, 1.2), lru, {frames} frames",
                ReplayOf.WarmMissRatio("lru", frames, references, 5_000, length / 2), expected, 0.01, "the target curve; Mattson et al. 1970");
        }

        var phases = new PhasesOptions { SetSize = 30, HoldingTime = 2_500, Micromodel = Micromodel.Cyclic };
        uint[] phased = ReplayOf.Stream("phases", phases, 40_000, length, 8);
        double transitions = CountTransitions(phased);
        double lifetime = (double)phased.Length / ReplayOf.Misses("lru", 30, phased, 40_000);
        yield return VerificationCheck.Within(Suite, "phases(30 pages, 2500 references), lru, 30 frames: lifetime at the knee", lifetime,
            phased.Length / transitions / 30, 0.02 * lifetime, "H / M with the phases' realised mean; Denning, Kahn, SOSP 1975");
    }

    /// <summary>Phases are disjoint, so that a page first seen more than a set's size after the last new page begins one.</summary>
    private static double CountTransitions(uint[] references)
    {
        var seenAt = new Dictionary<uint, int>();
        int entered = 0;
        for (int i = 0; i < references.Length; i++)
        {
            if (!seenAt.TryGetValue(references[i], out int last) || i - last > 60) entered++;
            seenAt[references[i]] = i;
        }
        return entered / 30.0;
    }

    private static (double Size, double MissRatio) WorkingSetOf(uint[] references, int pages, int window)
    {
        var lastUse = Enumerable.Repeat(int.MinValue / 2, pages).ToArray();
        long misses = 0, occupancy = 0;
        for (int now = 0; now < references.Length; now++)
        {
            int distance = now - lastUse[references[now]];
            if (distance > window) misses++;
            occupancy += Math.Min(distance, window);
            lastUse[references[now]] = now;
        }
        return ((double)occupancy / references.Length, (double)misses / references.Length);
    }
}
