using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Catalogue;
using Sim.Lab.Experiments;
using Xunit;

namespace Sim.Tests.Experiments;

public sealed class CatalogueTests
{
    /// <summary>Where it fails: SIM_WRITE_DOCS=1 dotnet test --filter ThePolicyDocumentIsUpToDate.</summary>
    [Fact]
    public void ThePolicyDocumentIsUpToDate()
    {
        string file = Path.Combine(Studies.Root, "docs", "policies.md");
        string document = CatalogueDocument.Write(Studies.Catalogue);
        if (Environment.GetEnvironmentVariable("SIM_WRITE_DOCS") == "1") File.WriteAllText(file, document);
        File.ReadAllText(file).ShouldBe(document);
    }

    [Fact]
    public void EveryTopicIsListed()
    {
        CatalogueText.List(Studies.Catalogue, "policies").ShouldContain("reclaim/clock          ");
        CatalogueText.List(Studies.Catalogue, "workloads").ShouldContain("zipf           Independent references;");
        CatalogueText.List(Studies.Catalogue, "metrics").ShouldContain("fault_rate ");
        CatalogueText.List(Studies.Catalogue, "presets").ShouldContain("swap/nvme ");
        CatalogueText.List(Studies.Catalogue).Split('\n').Where(line => line.Length > 0 && line[0] != ' ')
            .ShouldBe(["policies", "workloads", "metrics", "presets"]);
    }

    [Theory]
    [InlineData("clock", "reclaim/clock\n", "set-on-load = true  (true or false)")]
    [InlineData("scheduler/round-robin", "scheduler/round-robin\n", "quantum = 4ms  (from 1us to 1000s)")]
    [InlineData("opt", "reclaim/opt\n", "Needs the future: one process without clone, fork and exec on one CPU")]
    [InlineData("phases", "model/phases\n", "micromodel = random  (cyclic, sawtooth, random, lru-stack)")]
    [InlineData("mixture", "model/mixture\n", "weight = 1  (from 0 to 1000000000000)")]
    [InlineData("fault_rate", "metric/fault_rate\n", "page faults per user reference")]
    [InlineData("zen4", "tlb/zen4\n", "level 1: 72 entries, 72 ways, 4KiB 2MiB 1GiB, lru")]
    [InlineData("hdd", "swap/hdd\n", "read 8ms, write 8ms, 1 channel, constant service times")]
    [InlineData("linux-6.18-epyc", "costs/linux-6.18-epyc\n", "page-zero = 830ns  (cut from")]
    public void ANameIsDescribed(string name, string title, string line)
    {
        string text = CatalogueText.Describe(Studies.Catalogue, name);
        text.ShouldStartWith(title);
        text.ShouldContain(line);
    }

    [Fact]
    public void AnUnknownNameIsAnErrorWithTheNearest()
    {
        Message(() => CatalogueText.Describe(Studies.Catalogue, "clokc")).ShouldBe("there is no 'clokc'; did you mean 'clock'?");
        Message(() => CatalogueText.Describe(Studies.Catalogue, "qqqqqq")).ShouldBe("there is no 'qqqqqq'; sim list shows what there is");
        Message(() => CatalogueText.List(Studies.Catalogue, "policy")).ShouldBe("there is no list 'policy'; there is: policies, workloads, metrics, presets");

        static string Message(Func<string> text) => Should.Throw<UnknownNameException>(text).Message;
    }

    [Fact]
    public void ThePlanSaysWhatWillBeRun()
    {
        Experiment study = Studies.Load("""
            description: How memory matters
            replications: 4
            """ + "\n" + Studies.Small + "\nsweep: {machine.memory: [8MiB, 16MiB, 32MiB], policies.reclaim: [lru, clock]}"
            + "\nfigures: [{x: machine.memory, y: fault_rate, series: policies.reclaim}]");
        PlanText.Write(study, 10_000, 2).ShouldBe(
        [
            "study         study",
            "description   How memory matters",
            "seed          5",
            "points        6 = 3 x 2",
            "replications  4",
            "runs          24",
            "references    240k",
            "host time     about 12 s with 2 jobs at 10k references a second each",
            "parameters",
            "  machine.memory = 8MiB, 16MiB, 32MiB",
            "  policies.reclaim = lru, clock",
            "figures",
            "  fault_rate over machine.memory, a line for each policies.reclaim",
        ]);
    }

    [Fact]
    public void APrecisionsPlanIsASpan()
    {
        Experiment study = Studies.Load("precision: {metric: fault_rate, relative: 2%, max-replications: 9}\nwarmup: auto\n" + Studies.Small);
        string[] plan = [.. PlanText.Write(study, 10_000, 1)];
        plan.ShouldContain("replications  3 to 9, until fault_rate is known to 2%");
        plan.ShouldContain("references    30k to 90k");
        plan.ShouldContain("host time     about 3 s to 9 s with 1 job at 10k references a second each");
        plan.ShouldContain(line => line.StartsWith("warm-up "));
    }
}
