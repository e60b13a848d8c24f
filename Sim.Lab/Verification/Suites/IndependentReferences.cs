using System.Collections.Generic;
using Sim.Lab.Verification.ClosedForms;
using Sim.Workloads.Synthetic;
using Zipf = Sim.Lab.Verification.ClosedForms.Zipf;

namespace Sim.Lab.Verification.Suites;

/// <summary>
/// Miss ratios under independent references with Zipf's law, against their exact formulas and Che's approximations. The interval is four standard errors of
/// batch means; an approximation is given 0.01 more.
/// </summary>
internal static class IndependentReferences
{
    private const string Suite = "independent references";
    private const double Approximation = 0.01;

    public static IEnumerable<VerificationCheck> Run(bool isQuick)
    {
        foreach (var (pages, alpha, frames) in new[] { (20, 0.8, 6), (200, 1.0, 40), (500, 0.6, 150) })
        {
            double[] law = Zipf.Probabilities(pages, alpha);
            uint[] references = ReplayOf.Stream("zipf", new ZipfOptions { Alpha = alpha, Scatter = false }, pages, isQuick ? 400_000 : 2_000_000, 11);
            string stream = $"zipf({alpha}), {pages} pages, {frames} frames";
            var fifo = ReplayOf.BatchMeans("fifo", frames, references, pages);
            var random = ReplayOf.BatchMeans("random", frames, references, pages);
            var lru = ReplayOf.BatchMeans("lru", frames, references, pages);
            double productForm = FifoProductForm.MissRatio(law, frames);
            yield return Compare("fifo", fifo, productForm, 0, "product form: King 1971, Gelenbe 1973");
            yield return Compare("random", random, productForm, 0, "the same product form");
            yield return Compare("lru", lru, LruExact.MissRatio(law, frames), 0, "King 1971; Flajolet, Gardy, Thimonier 1992");
            yield return Compare("lru, approximately", lru, CheApproximation.LruMissRatio(law, frames), Approximation, "Che, Tung, Wang, JSAC 20(7), 2002");
            yield return Compare("fifo, approximately", fifo, CheApproximation.FifoMissRatio(law, frames), Approximation, "Fricker, Robert, Roberts, ITC 2012");
            double a0 = AhoDenningUllman.MissRatio(law, frames);
            double opt = ReplayOf.BatchMeans("opt", frames, references, pages).Mean;
            yield return new VerificationCheck(Suite, $"{stream}: opt is at most A0", opt, a0, 0, a0, "Aho, Denning, Ullman, JACM 18(1), 1971");

            VerificationCheck Compare(string policy, (double Mean, double Error) measured, double expected, double slack, string source) =>
                VerificationCheck.Within(Suite, $"{stream}, {policy}", measured.Mean, expected, (4 * measured.Error) + slack, source);
        }
    }
}
