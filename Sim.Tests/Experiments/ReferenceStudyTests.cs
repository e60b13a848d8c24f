using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Sim.Core.Machines;
using Sim.Lab.Experiments;
using Sim.Workloads.Mappings;
using Sim.Workloads.Synthetic;
using Xunit;

namespace Sim.Tests.Experiments;

/// <summary>experiments/reference.yaml is a study, as is each of its variants, and leaves out no key, policy or model.</summary>
public sealed class ReferenceStudyTests
{
    private static readonly string File = Path.Combine(Studies.Root, "experiments", "reference.yaml");

    [Fact]
    public void EveryKeyThatThereIsStandsInTheReference()
    {
        string text = System.IO.File.ReadAllText(File);
        string[] keys = [.. Variants().SelectMany(study => study.KnownKeys).Distinct()];
        keys.Length.ShouldBeGreaterThan(70);
        foreach (string key in keys) Regex.IsMatch(text, $@"(?m)(^|[\s{{-]){Regex.Escape(key.Split('.')[^1])}(:|$|\s)").ShouldBeTrue(key);
    }

    [Fact]
    public void EveryPolicyAndModelStandsInTheReference()
    {
        string text = System.IO.File.ReadAllText(File);
        string[] names = [.. Studies.Catalogue.Entries.Select(policy => policy.Name), .. ModelCatalogue.Models.Concat<ModelDescription>(MappingCatalogue.Models).Select(model => model.Name)];
        names.Length.ShouldBeGreaterThan(70);
        names.Where(name => !Regex.IsMatch(text, $"(?<![a-z0-9-]){Regex.Escape(name)}(?![a-z0-9-])")).ShouldBeEmpty();
    }

    [Fact]
    public void TheReferenceRuns()
    {
        Experiment study = Experiment.Load(File, [], Studies.Catalogue);
        study.Points.Count.ShouldBe(12);
        RunSpec run = study.RunOf(study.Points[^1], 0);
        var (machine, processes) = run.Build();
        RunResult result = new Machine(machine, processes).Run();
        result.Processes.ShouldAllBe(process => process.KilledBy == null || process.IsKilledOnPurpose);
        result.Processes.Sum(process => process.Counters[Sim.Core.Metrics.Counter.References]).ShouldBe(run.TotalReferences);
    }

    [Fact]
    public void ThePolicyPointsOfTheReferenceAreThoseThatAreBuilt() =>
        Variants()[0].KnownKeys.Where(key => key.StartsWith("policies.")).ShouldBe(["policies.context-switch", "policies.fork", "policies.frame-allocator", "policies.mm-lock", "policies.paging", "policies.placement", "policies.quota", "policies.readahead", "policies.reclaim", "policies.scheduler", "policies.slab", "policies.vma-index", "policies.vma-merge", "policies.vmalloc"]);

    /// <summary>The file, and the file with each "# or:" line in place of the key above it.</summary>
    private static IReadOnlyList<Experiment> Variants()
    {
        string[] lines = System.IO.File.ReadAllLines(File);
        string directory = Path.GetDirectoryName(File)!;
        var studies = new List<Experiment> { Experiment.Load(File, [], Studies.Catalogue) };
        foreach (var (index, line) in lines.Index())
        {
            Match other = Regex.Match(line, @"^(\s*)# or: (.*)$");
            if (!other.Success) continue;
            string[] variant = [.. lines];
            variant[index - 1] = other.Groups[1].Value + other.Groups[2].Value;
            string file = Path.Combine(directory, $".variant-{index}.yaml");
            System.IO.File.WriteAllLines(file, variant);
            try
            {
                studies.Add(Experiment.Load(file, [], Studies.Catalogue));
            }
            finally
            {
                System.IO.File.Delete(file);
            }
        }
        studies.Count.ShouldBe(4);
        return studies;
    }
}
