using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Lab.Execution;
using Sim.Lab.Experiments;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>`sim run`: executes a study, or what is missing of it.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var study = Shared.Study();
        var set = Shared.Set();
        var policyFiles = Shared.PolicyFiles();
        var jobs = Shared.Jobs();
        var folder = new Option<string?>("--out", "-o") { Description = "Where the results go, in place of results/STUDY." };
        var check = new Option<string?>("--check")
        {
            Description = "Check all invariants every so often of simulated time (1ms unless said); changes no result.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "time",
        };
        var fresh = new Option<bool>("--fresh") { Description = "Compute every run, even those that are already finished." };
        var command = new Command("run", "Run a study: every point of its sweep, as often as it asks for; then write tables, figures and a report. "
            + "Runs that are already finished are kept.")
        {
            study, set, policyFiles, jobs, folder, check, fresh,
        };
        // Beside the thread that waits for an interrupt.
        command.SetAction((parsed, cancellation) => Task.Run(() => Failure.Guard(() =>
        {
            Experiment experiment = Shared.Load(parsed.GetValue(study)!, parsed.GetValue(set), parsed.GetValue(policyFiles));
            bool isChecked = parsed.GetResult(check) is not null;
            var options = new StudyOptions(parsed.GetValue(folder) ?? StudyFolder.Default(experiment.Name), Shared.CheckedJobs(parsed.GetValue(jobs)),
                parsed.GetValue(fresh), isChecked ? PeriodOf(parsed.GetValue(check)) : null);
            return Execute(experiment, options, cancellation);
        })));
        return command.WithExample("sim run experiments/quickstart.yaml --set replications=5 --jobs 4");
    }

    private static int Execute(Experiment experiment, StudyOptions options, CancellationToken cancellation)
    {
        DateTimeOffset started = DateTimeOffset.UtcNow;
        var progress = new StudyProgress();
        var runner = new StudyRunner(experiment, options, progress);
        StudyOutcome outcome = ProgressDisplay.Show(experiment.Name, progress, () => runner.Run(cancellation));
        foreach (string warning in runner.Warnings.Concat(outcome.Failures)) Console.Error.WriteLine("sim: " + warning);
        if (outcome.WasInterrupted)
        {
            Console.Error.WriteLine($"sim: interrupted; {outcome.Records.Count} of {progress.Runs} runs are finished and kept: the same command goes on from there");
            return Failure.CheckFailed;
        }
        if (outcome.Records.Count == 0) return Failure.CheckFailed;
        var (study, figures, report) = StudyPublisher.Publish(experiment, options, outcome, runner.Warnings, started);
        Print(experiment, study, outcome, figures, report, DateTimeOffset.UtcNow - started);
        return outcome.Failures.Count > 0 ? Failure.CheckFailed : Failure.Done;
    }

    private static void Print(Experiment experiment, Study study, StudyOutcome outcome, IReadOnlyList<string> figures, string report, TimeSpan time)
    {
        Console.WriteLine();
        TextTable.Write(study.Summary().Headers, study.Summary().Rows);
        Console.WriteLine();
        Console.WriteLine($"{experiment.Name}: {outcome.Records.Count} runs ({outcome.Computed} computed, {outcome.Reused} kept) in {time.TotalSeconds:0.0} s");
        foreach (string figure in figures) Console.WriteLine($"figure  {figure}");
        Console.WriteLine($"report  {report}");
        string[] remarks = [.. study.Runs.Select(run => run.Status).Where(status => status != "ok").GroupBy(status => status)
            .Select(group => $"{group.Count()} runs: {group.Key}")];
        foreach (string remark in remarks) Console.WriteLine($"note    {remark}");
    }

    private static SimTime PeriodOf(string? text)
    {
        if (text is null) return SimTime.FromMilliseconds(1);
        return Quantity.TryParseTime(text, out SimTime period) && period > SimTime.Zero
            ? period
            : throw new UsageException($"--check: '{text}' is not a time; write one such as 500us or 1ms");
    }
}
