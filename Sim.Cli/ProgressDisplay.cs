using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Sim.Lab.Execution;
using Spectre.Console;

namespace Sim.Cli;

/// <summary>Shows how far work has come, with its rate and the time that remains, while it runs; nothing where stderr is not a terminal.</summary>
internal static class ProgressDisplay
{
    public static StudyOutcome Show(string study, StudyProgress progress, Func<StudyOutcome> run) => Show(run, elapsed =>
    {
        long done = progress.ReferencesDone;
        double rate = done / elapsed.TotalSeconds;
        double share = progress.References == 0 ? 0 : Math.Min(1, (double)done / progress.References);
        return (share, $"{study}  {progress.Finished}/{progress.Runs} runs  {Rate(rate)}  {Remaining(share, elapsed)}");
    });

    public static TResult Show<TResult>(string trace, TraceProgress progress, Func<TResult> run) => Show(run, elapsed =>
    {
        double share = progress.Share ?? 0;
        string passes = progress.Passes == 1 ? "" : $" x {progress.Passes}";
        return (share, $"{trace}  {progress.References / 1e6:0.0} M refs{passes}  {Rate(progress.Simulated / elapsed.TotalSeconds)}  {Remaining(share, elapsed)}");
    });

    private static TResult Show<TResult>(Func<TResult> run, Func<TimeSpan, (double Share, string Text)> state)
    {
        if (Console.IsErrorRedirected) return run();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var watch = Stopwatch.StartNew();
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).Start(context =>
        {
            ProgressTask bar = context.AddTask("starting");
            Task<TResult> work = Task.Run(run);
            while (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(100)))
            {
                var (share, text) = state(watch.Elapsed);
                bar.Value = 100 * share;
                bar.Description = Markup.Escape(text);
            }
            return work.GetAwaiter().GetResult();
        });
    }

    private static string Rate(double perSecond) => $"{perSecond / 1e6:0.0} M refs/s";

    private static string Remaining(double share, TimeSpan elapsed) => share > 0 ? (elapsed * ((1 - share) / share)).ToString(@"m\:ss") + " left" : "-:-- left";
}
