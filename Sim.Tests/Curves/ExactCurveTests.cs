using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Lab.Curves;
using Sim.Tests.Workloads;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Traces;
using Xunit;
using ClosedWorkingSet = Sim.Lab.Verification.ClosedForms.WorkingSet;
using ListDistances = Sim.Tests.Workloads.StackDistances;
using StackDistances = Sim.Lab.Curves.StackDistances;
using ZipfLaw = Sim.Lab.Verification.ClosedForms.Zipf;

namespace Sim.Tests.Curves;

/// <summary>The curves of one pass against recorded counts, brute force, and the closed forms of the models that made the references.</summary>
public sealed class ExactCurveTests
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "Data", "replacement");

    /// <summary>200 000 to 300 000 references to up to 40 000 pages: the tape is compacted several times, and grows.</summary>
    [Theory]
    [InlineData("loop6k")]
    [InlineData("loops2")]
    [InlineData("phases")]
    [InlineData("scanzipf")]
    [InlineData("stackdist")]
    [InlineData("zipf10_20k")]
    public void LruMissesAsRecordedWithEverySize(string trace)
    {
        using var numbered = new NumberedTrace(TraceFile.Open(Path.Combine(Recorded, trace + ".txt.gz")));
        TraceCurves curves = TraceCurves.Of(numbered, () => null, 2);
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Recorded, trace + ".lru_mrc.csv.gz")), CompressionMode.Decompress));
        string[] rows = unpacked.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        curves.Lru.Select(point => $"{point.Frames},{point.Misses}").ShouldBe(rows);
        curves.Footprint[^1].ShouldBe(new FootprintPoint(curves.References, rows.Length));
    }

    [Fact]
    public void AnyReferencesHaveTheDistancesOfAList()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            uint[] references = Drawn(seed.Get, out int pages);
            var distances = new StackDistances();
            foreach (uint[] part in references.Chunk(700)) distances.Run(part, pages);
            long[] expected = ListDistances.Misses(ListDistances.Histogram(references, pages));
            long[] misses = distances.Misses();
            return misses.SequenceEqual(expected[..misses.Length]) && expected[misses.Length..].All(count => count == misses[^1]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    /// <summary>The pages among the last tau references, counted at every moment; before the first window is full it holds what there is.</summary>
    [Fact]
    public void AnyReferencesHaveTheWorkingSetsAndTheFootprintOfTheirDefinition()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            uint[] references = Drawn(seed.Get, out int pages)[..600];
            var intervals = new ReuseIntervals();
            foreach (uint[] part in references.Chunk(97)) intervals.Run(part, pages);
            foreach (WorkingSetPoint point in intervals.WorkingSets())
            {
                int window = (int)Math.Min(point.Window, references.Length), misses = 0;
                long size = 0;
                for (int now = 1; now <= references.Length; now++)
                {
                    size += references[Math.Max(0, now - window)..now].Distinct().Count();
                    misses += references[Math.Max(0, now - 1 - window)..(now - 1)].Contains(references[now - 1]) ? 0 : 1;
                }
                if (Math.Abs(point.MeanSize - (size / 600.0)) > 1e-9 || Math.Abs(point.MissRatio - (misses / 600.0)) > 1e-9) return false;
            }
            return intervals.Footprint().All(point => references[..(int)point.References].Distinct().Count() == point.Pages);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5));
    }

    /// <summary>At every window up to 200; five standard errors, taken from 2 000 000 references that are independent but for the window.</summary>
    [Fact]
    public void IndependentReferencesHaveDenningAndSchwartzsWorkingSets()
    {
        double[] law = ZipfLaw.Probabilities(20, 0.8);
        uint[] references = Models.Draw("zipf", new ZipfOptions { Alpha = 0.8, Scatter = false }, 20, 2_000_000);
        var intervals = new ReuseIntervals();
        intervals.Run(references, 20);
        foreach (WorkingSetPoint point in intervals.WorkingSets().Where(point => point.Window is > 0 and <= 200))
        {
            double missRatio = ClosedWorkingSet.MissRatio(law, (int)point.Window);
            point.MissRatio.ShouldBe(missRatio, 5 * Math.Sqrt(missRatio / references.Length) + (20.0 / references.Length), $"window {point.Window}");
            point.MeanSize.ShouldBe(ClosedWorkingSet.MeanSize(law, (int)point.Window), 5 * 3 * Math.Sqrt(point.Window / (double)references.Length), $"window {point.Window}");
        }
    }

    /// <summary>Sets of 30 pages that share none: in 30 frames a fault for each page that enters, M = 30 a phase, and none between.</summary>
    [Theory]
    [InlineData(Micromodel.Cyclic)]
    [InlineData(Micromodel.Sawtooth)]
    public void ThePhasesModelHasItsKneeAtHOverM(Micromodel micromodel)
    {
        uint[] references = Models.Draw("phases", new PhasesOptions { SetSize = 30, HoldingTime = 2_500, Micromodel = micromodel }, 9_000, 400_000, seed: 4);
        int phases = 1 + Enumerable.Range(1, references.Length - 1).Count(i => references[i] / 30 != references[i - 1] / 30);
        double expected = (double)references.Length / phases / 30;
        var distances = new StackDistances();
        var intervals = new ReuseIntervals();
        distances.Run(references, 9_000);
        intervals.Run(references, 9_000);
        long[] misses = distances.Misses();
        var curves = new TraceCurves
        {
            References = references.Length,
            Pages = distances.Pages,
            Lru = [.. Enumerable.Range(1, distances.Pages).Select(frames => new MissRatioPoint(frames, misses[frames], misses[frames] / 400_000.0, 0, 0))],
            WorkingSets = intervals.WorkingSets(),
        };
        curves.LruKnee!.Value.Memory.ShouldBe(30);
        curves.LruKnee.Value.Lifetime.ShouldBe(expected, 0.02 * expected);
        curves.WorkingSetKnee!.Value.Memory.ShouldBe(30, 1);
        curves.WorkingSetKnee.Value.Lifetime.ShouldBe(expected, 0.02 * expected);
    }

    [Fact]
    public void TheGridsPointsAreTheFirstNotBelow()
    {
        for (int index = 1; index < LogarithmicGrid.Count; index++)
        {
            long point = LogarithmicGrid.PointAt(index);
            LogarithmicGrid.IndexOf(point).ShouldBe(index);
            LogarithmicGrid.IndexOf(LogarithmicGrid.PointAt(index - 1) + 1).ShouldBe(index);
        }
    }

    private static uint[] Drawn(int seed, out int pages)
    {
        var random = new Random(seed);
        int count = pages = random.Next(1, 400);
        var references = new List<uint>();
        // A page, the next one, or the last again: repeats, runs and strays.
        while (references.Count < 3_000)
        {
            uint last = references.Count == 0 ? 0 : references[^1];
            references.Add(random.Next(3) switch { 0 => (uint)random.Next(count), 1 => (last + 1) % (uint)count, _ => last });
        }
        return [.. references];
    }
}
