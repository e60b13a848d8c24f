using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab.Statistics;
using Sim.Lab.Verification.ClosedForms;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;
using Zipf = Sim.Lab.Verification.ClosedForms.Zipf;

namespace Sim.Lab.Verification.Suites;

/// <summary>
/// The whole machine with a fixed quota and one process: it misses exactly as replay does, for policies that accessed bits do not matter to; and what the
/// closed forms say of replacement alone holds behind TLB, page tables, faults and swap. And what one says of the TLB.
/// </summary>
internal static class WholeMachine
{
    private const string Suite = "whole machine";
    private const int Replications = 8;

    public static IEnumerable<VerificationCheck> Run(bool isQuick) =>
        [.. AsReplay(isQuick ? 50_000 : 400_000), .. IndependentReferences(isQuick ? 40_000 : 200_000), Knee(isQuick ? 100_000 : 400_000), .. TlbLoops()];

    private static IEnumerable<VerificationCheck> AsReplay(int length)
    {
        var model = new ModelSpec("zipf", new ZipfOptions { Alpha = 0.9 });
        uint[] references = ReplayOf.Stream("zipf", model.Options, 2_000, length, 5);
        foreach (string policy in new[] { "fifo", "lru", "arc" })
        {
            foreach (int frames in new[] { 50, 500 })
            {
                yield return VerificationCheck.Exact(Suite, $"{policy}, {frames} frames: page insertions",
                    Counts(policy, frames, model, 2_000, length, 0, 5)[Counter.PageInsertions], ReplayOf.Misses(policy, frames, references, 2_000), "replay of the same stream");
            }
        }
    }

    /// <summary>Four standard errors of replications, the first fifth of each being warm-up.</summary>
    private static IEnumerable<VerificationCheck> IndependentReferences(int length)
    {
        const int Pages = 200, Frames = 40;
        double[] law = Zipf.Probabilities(Pages, 1.0);
        var model = new ModelSpec("zipf", new ZipfOptions { Alpha = 1.0, Scatter = false });
        double productForm = FifoProductForm.MissRatio(law, Frames);
        foreach (var (policy, expected, source) in new[]
        {
            ("fifo", productForm, "product form: King 1971, Gelenbe 1973"), ("random", productForm, "the same product form"),
            ("lru", LruExact.MissRatio(law, Frames), "King 1971; Flajolet, Gardy, Thimonier 1992"),
        })
        {
            Moments moments = Moments.Of([.. Enumerable.Range(1, Replications).Select(seed =>
            {
                CounterSet counts = Counts(policy, Frames, model, Pages, length, length / 5, (ulong)seed);
                return (double)counts[Counter.PageInsertions] / counts[Counter.References];
            })]);
            yield return VerificationCheck.Within(Suite, $"zipf(1), {Pages} pages, {policy}, {Frames} frames: miss ratio", moments.Mean, expected, 4 * moments.StandardError, source);
        }
    }

    private static VerificationCheck Knee(int length)
    {
        const int SetSize = 30, Pages = 9_000;
        var model = new ModelSpec("phases", new PhasesOptions { SetSize = SetSize, HoldingTime = 2_500, Micromodel = Micromodel.Cyclic });
        uint[] references = ReplayOf.Stream("phases", model.Options, Pages, length, 8);
        double phases = 1 + Enumerable.Range(1, references.Length - 1).Count(i => references[i] / SetSize != references[i - 1] / SetSize);
        double lifetime = (double)length / Counts("lru", SetSize, model, Pages, length, 0, 8)[Counter.PageInsertions], expected = length / phases / SetSize;
        return VerificationCheck.Within(Suite, $"phases({SetSize} pages, 2500 references), lru, {SetSize} frames: lifetime at the knee", lifetime, expected, 0.02 * expected,
            "H / M with the phases' realised mean; Denning, Kahn, SOSP 1975");
    }

    /// <summary>Ten rounds of a loop, after one that brings its pages in.</summary>
    private static IEnumerable<VerificationCheck> TlbLoops()
    {
        var model = new ModelSpec("sequential", new SequentialOptions());
        foreach (var (sets, ways, pages) in new[] { (1, 64, 64), (1, 64, 65), (16, 4, 64), (16, 4, 72), (16, 4, 80) })
        {
            MachineSpec spec = Spec("lru", pages, 1) with { Tlb = new TlbSpec([[new TlbArraySpec(sets * ways, ways, [PageSize.Base])]], Asids: 0) };
            yield return VerificationCheck.Exact(Suite, $"loop of {pages} pages, TLB of {sets} x {ways}: misses in ten rounds",
                Counts(spec, new AccessStep("r", model, 11 * pages, 0), pages, pages)[Counter.TlbMisses], 10 * pages * TlbModel.CyclicMissRatio(sets, ways, pages),
                "LRU in each set: all of its pages or none; Hennessy, Patterson, appendix B");
        }
    }

    private static CounterSet Counts(string policy, int frames, ModelSpec model, long pages, int length, int warmup, ulong seed) =>
        Counts(Spec(policy, frames, seed), new AccessStep("r", model, length, 0.3), pages, warmup);

    private static CounterSet Counts(MachineSpec spec, AccessStep access, long pages, int warmup) => new Machine(spec,
        [new ProcessSpec("p", () => new ProgramRun([new MapStep("r", pages, PageSize.Base), access], path => spec.Seed), SimTime.Zero, warmup)]).Run().Processes[0].Measured;

    private static MachineSpec Spec(string policy, int frames, ulong seed) => new()
    {
        Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy),
        Scheduler = BuiltIn.Scheduler,
        AddressSpaces = BuiltIn.AddressSpaces,
        QuotaFrames = frames,
        Seed = seed,
    };
}
