using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Machines;
using Sim.Lab.Experiments;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Experiments;

/// <summary>The studies in experiments/ can be read, and show what they are there to show.</summary>
public sealed class CommittedStudyTests
{
    public static IEnumerable<object[]> Files() =>
        Directory.GetFiles(Path.Combine(Studies.Root, "experiments"), "*.yaml").Order().Select(file => new object[] { Path.GetFileName(file) });

    [Theory]
    [MemberData(nameof(Files))]
    public void AStudySaysWhatItIsAboutAndDrawsIt(string file)
    {
        if (file.StartsWith('.')) return;
        Experiment study = Load(file);
        study.Description.ShouldNotBeEmpty();
        study.Figures.ShouldNotBeEmpty();
        study.Runs().Select(run => run.Id).ShouldBeUnique();
    }

    [Fact]
    public void TheQuickStartStaysQuick()
    {
        Experiment study = Load("quickstart.yaml");
        (study.Runs().Sum(run => run.TotalReferences) * study.Replications.Maximum).ShouldBeLessThan(40_000_000);
    }

    [Fact]
    public void FifoShowsBeladysAnomalyAndTheOthersDoNot()
    {
        Experiment study = Load("belady-anomaly.yaml");
        Faults("fifo").ShouldBe([12, 12, 9, 10, 5, 5, 5]);
        Faults("lru").ShouldBe([12, 12, 10, 8, 5, 5, 5]);
        Faults("opt").ShouldBe([12, 9, 7, 6, 5, 5, 5]);

        long[] Faults(string policy) => [.. study.Runs().Where(run => run.Point.Values[0].Value == policy).Select(run => (long)Measure(run, "page_insertions"))];
    }

    [Fact]
    public void NoFaultFallsIntoTheMeasuredPartOfTlbReach()
    {
        Experiment study = Load("tlb-reach.yaml");
        RunSpec largest = study.Runs()[8], small = study.Runs()[0];
        Measure(largest, "pgfault").ShouldBe(0);
        Measure(largest, "tlb_miss_rate").ShouldBeGreaterThan(0.99);
        Measure(small, "tlb_miss_rate").ShouldBeLessThan(0.01);
    }

    [Fact]
    public void AListReadsHalfOfAThousandMappingsForALookupAndAMapleTreeAFewNodes()
    {
        Experiment study = Load("vma-index.yaml");
        Visits("list").ShouldBeInRange(400, 600);
        Visits("maple").ShouldBeInRange(3, 6);

        double Visits(string index) =>
            Measure(study.Runs().Single(run => run.Point.Values[0].Value == "1k" && run.Point.Values[1].Value == index), "vma_lookup_visits_mean");
    }

    [Fact]
    public void CopyingAtForkPaysFromSixtenthsOfThePagesOn()
    {
        Experiment study = Load("fork-cow.yaml");
        Time("eager", "50%").ShouldBeGreaterThan(Time("cow", "50%"));
        Time("eager", "80%").ShouldBeLessThan(Time("cow", "80%"));
        Time("on-demand-fork", "0%").ShouldBeLessThan(0.7 * Time("cow", "0%"));

        double Time(string policy, string share) => Measure(study.Runs().First(run => run.Point.Values[0].Value == policy && run.Point.Values[1].Value == "random"
            && run.Point.Values[2].Value == "4MiB" && run.Point.Values[3].Value == share), "measured_ns");
    }

    [Fact]
    public void AKernelThreadEmptiesTheTlbOnlyWithoutLazyTlbAndWithoutIdentifiers()
    {
        Experiment study = Load("lazy-tlb.yaml");
        Misses("flush(lazy-tlb=false)").ShouldBeGreaterThan(0.02);
        foreach (string policy in new[] { "flush", "asid", "asid(lazy-tlb=false)" }) Misses(policy).ShouldBe(0);

        double Misses(string policy) => Measure(study.Runs().First(run => run.Point.Values[0].Value == "1MiB" && run.Point.Values[1].Value == policy
            && run.Point.Values[2].Value == "50us"), "tlb_miss_rate");
    }

    [Fact]
    public void ThreadsLoseToTheLockOfTheirAddressSpaceAndProcessesDoNot()
    {
        Experiment study = Load("threads-vs-processes.yaml");
        double[] threads = [.. new[] { "none", "per-vma", "mmap-sem" }.Select(policy => Throughput("1", policy, "4"))];
        threads[0].ShouldBeGreaterThan(1.2 * threads[1]);
        threads[1].ShouldBeGreaterThan(1.2 * threads[2]);
        Throughput("8", "mmap-sem", "1").ShouldBe(Throughput("8", "none", "1"));

        double Throughput(string count, string policy, string threadsEach) => Measure(study.Runs().First(run => run.Point.Values[0].Value == "16"
            && run.Point.Values[1].Value == count && run.Point.Values[2].Value == policy && run.Point.Values[3].Value == threadsEach), "throughput_per_s");
    }

    [Fact]
    public void ASegmentTakesItsPagesOnceAndOwnCopiesThemForEachChild()
    {
        Experiment study = Load("shared-memory.yaml");
        double one = Used("segment", "1"), eight = Used("segment", "8");
        (eight - one).ShouldBeLessThan(1 << 20);
        (Used("private", "8") - Used("private", "1")).ShouldBeGreaterThan(7 * (6 << 20));

        double Used(string region, string children) => Measure(study.Runs().First(run => run.Point.Values[0].Value == region && run.Point.Values[1].Value == "128MiB"
            && run.Point.Values[2].Value == children), "memory_used_peak_bytes");
    }

    private static double Measure(RunSpec run, string metric)
    {
        var (machine, processes) = run.Build();
        return MetricCatalogue.Find(metric)!.Value(new RunTotals(new Machine(machine, processes).Run(), machine));
    }

    private static Experiment Load(string file) => Experiment.Load(Path.Combine(Studies.Root, "experiments", file), [], Studies.Catalogue);
}
