using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Sim.Lab.Execution;
using Spectre.Console;

namespace Sim.Cli;

/// <summary>Shows how far a study has come, with its rate and the time that remains, while it runs; nothing where stderr is not a terminal.</summary>
internal static class ProgressDisplay
{
    public static StudyOutcome Show(string study, StudyProgress progress, Func<StudyOutcome> run)
    {
        if (Console.IsErrorRedirected) return run();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var watch = Stopwatch.StartNew();
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(context =>
        {
            ProgressTask bar = context.AddTask(Markup.Escape(study));
            Task<StudyOutcome> work = Task.Run(run);
            while (!work.Wait(TimeSpan.FromMilliseconds(100))) Update(bar, study, progress, watch.Elapsed);
            return work.GetAwaiter().GetResult();
        });
    }

    private static void Update(ProgressTask bar, string study, StudyProgress progress, TimeSpan elapsed)
    {
        long done = progress.ReferencesDone;
        double rate = done / Math.Max(0.1, elapsed.TotalSeconds);
        double share = progress.References == 0 ? 0 : Math.Min(1, (double)done / progress.References);
        string remaining = rate > 0 && share > 0 ? TimeSpan.FromSeconds((progress.References - done) / rate).ToString(@"m\:ss") : "-:--";
        bar.Value = 100 * share;
        bar.Description = Markup.Escape($"{study}  {progress.Finished}/{progress.Runs} runs  {rate / 1e6:0.0} M refs/s  {remaining} left");
    }
}
