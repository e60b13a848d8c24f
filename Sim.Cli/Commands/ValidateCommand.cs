using System;
using System.CommandLine;
using Sim.Lab.Experiments;

namespace Sim.Cli.Commands;

/// <summary>`sim validate`: reads a study and prints the plan.</summary>
internal static class ValidateCommand
{
    /// <summary>What a core of this decade does, for the estimate.</summary>
    private const double ReferencesPerSecond = 10e6;

    public static Command Create()
    {
        var study = Shared.Study();
        var set = Shared.Set();
        var policyFiles = Shared.PolicyFiles();
        var jobs = Shared.Jobs();
        var command = new Command("validate", "Read a study, print what would run and about how long it would take; run nothing.") { study, set, policyFiles, jobs };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            Experiment experiment = Shared.Load(parsed.GetValue(study)!, parsed.GetValue(set), parsed.GetValue(policyFiles));
            foreach (string line in PlanText.Write(experiment, ReferencesPerSecond, Shared.CheckedJobs(parsed.GetValue(jobs)))) Console.WriteLine(line);
            return Failure.Done;
        }));
        return command.WithExample("sim validate experiments/quickstart.yaml");
    }
}
