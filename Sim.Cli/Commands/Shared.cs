using System;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sim.Core.Contracts;
using Sim.Lab;
using Sim.Lab.Catalogue;
using Sim.Lab.Experiments;

namespace Sim.Cli.Commands;

/// <summary>What several verbs need.</summary>
internal static class Shared
{
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Option<int> Jobs() => new("--jobs", "-j")
    {
        Description = "How many runs at a time.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public static Argument<string> Study() => new("study") { Description = "The study: a YAML file such as experiments/quickstart.yaml." };

    public static Option<string[]> Set() => new("--set") { Description = "Replace a key of the study: --set machine.memory=64MiB. May be repeated." };

    public static Option<string> Metric() => new("--metric", "-m") { Description = "The metric.", DefaultValueFactory = _ => "fault_rate" };

    public static Argument<string> ResultsFolder() => new("results") { Description = "A study's folder of results: results/quickstart." };

    public static Option<string[]> PolicyFiles() => new("--policy-file")
    {
        Description = "A C# file with policies of your own, compiled now: --policy-file MyPolicy.cs. May be repeated.",
    };

    /// <summary>The policies that ship, and those of --policy-file.</summary>
    public static PolicyCatalogue Policies(string[]? files) => PolicyFile.AddTo(BuiltIn.Policies, files ?? []);

    public static Experiment Load(string file, string[]? overrides, string[]? policyFiles) => Experiment.Load(file, overrides ?? [], Policies(policyFiles));

    public static int CheckedJobs(int jobs) => jobs is >= 1 and <= 1024 ? jobs : throw new UsageException($"--jobs: {jobs} is not between 1 and 1024");

    public static void CheckPolicy(PolicyCatalogue policies, string text)
    {
        try
        {
            PolicyChoice.Parse(policies, "reclaim", text);
        }
        catch (PolicyOptionException e)
        {
            throw new UsageException($"--policy {text}: {e.Message}");
        }
    }
}
