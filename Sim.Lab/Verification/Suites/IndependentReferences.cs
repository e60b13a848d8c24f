using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Statistics;
using Sim.Lab.Verification.ClosedForms;
using Sim.Workloads.Synthetic;
using Zipf = Sim.Lab.Verification.ClosedForms.Zipf;

namespace Sim.Lab.Verification.Suites;

/// <summary>Miss ratios under independent references with Zipf's law, against their exact formulas. The interval is four standard errors of batch means.</summary>
internal static class IndependentReferences
{
    private const string Suite = "independent references";
    private const int Batches = 20;

    public static IEnumerable<VerificationCheck> Run(bool isQuick)
    {
        foreach (var (pages, alpha, frames) in new[] { (20, 0.8, 6), (200, 1.0, 40), (500, 0.6, 150) })
        {
            double[] law = Zipf.Probabilities(pages, alpha);
            uint[] references = ReplayOf.Stream("zipf", new ZipfOptions { Alpha = alpha, Scatter = false }, pages, isQuick ? 400_000 : 2_000_000, 11);
            double fifo = FifoProductForm.MissRatio(law, frames);
            yield return Compare("fifo", fifo, "product form: King 1971, Gelenbe 1973");
            yield return Compare("random", fifo, "the same product form");
            yield return Compare("lru", LruExact.MissRatio(law, frames), "King 1971; Flajolet, Gardy, Thimonier 1992");
            double a0 = AhoDenningUllman.MissRatio(law, frames);
            double opt = Measure("opt").Mean;
            yield return new VerificationCheck(Suite, $"zipf({alpha}), {pages} pages, {frames} frames: opt is at most A0", opt, a0, 0, a0,
                "Aho, Denning, Ullman, JACM 18(1), 1971");

            VerificationCheck Compare(string policy, double expected, string source)
            {
                (double mean, double error) = Measure(policy);
                return VerificationCheck.Within(Suite, $"zipf({alpha}), {pages} pages, {frames} frames, {policy}", mean, expected, 4 * error, source);
            }

            (double Mean, double Error) Measure(string policy)
            {
                int length = references.Length / (Batches + 1);
                double[] ratios = [.. Enumerable.Range(1, Batches).Select(batch =>
                    ReplayOf.WarmMissRatio(policy, frames, references[((batch - 1) * length)..((batch + 1) * length)], pages, length))];
                Moments moments = Moments.Of(ratios);
                return (moments.Mean, moments.StandardError);
            }
        }
    }
}
