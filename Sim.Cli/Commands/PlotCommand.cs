using System;
using System.CommandLine;
using System.IO;
using Sim.Lab.Execution;
using Sim.Lab.Figures;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>`sim plot`: draws figures from a study's tables.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        var folder = Shared.ResultsFolder();
        var x = new Option<string?>("--x") { Description = "The parameter on the x axis: machine.memory. Without it the study's own figures are drawn again." };
        var y = new Option<string?>("--y") { Description = "The metric on the y axis (fault_rate)." };
        var series = new Option<string?>("--series") { Description = "The parameter that makes the lines: policies.reclaim." };
        var facet = new Option<string?>("--facet") { Description = "The parameter that makes small multiples." };
        var xScale = new Option<string?>("--x-scale") { Description = "linear, log2 or log10." };
        var yScale = new Option<string?>("--y-scale") { Description = "linear, log2 or log10." };
        var output = new Option<string?>("--out", "-o") { Description = "The SVG file; figures/plot.svg in the study's folder unless said." };
        var command = new Command("plot", "Draw a figure from a study's results.") { folder, x, y, series, facet, xScale, yScale, output };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string from = parsed.GetValue(folder)!;
            if (parsed.GetValue(x) is not { } wantedX)
            {
                if (Array.Find([y, series, facet, xScale, yScale, output], option => parsed.GetValue(option) is not null) is { } idle)
                    throw new UsageException($"{idle.Name} goes with --x, which is missing; without it the study's own figures are drawn again");
                foreach (string file in StudyPublisher.Render(from).Figures) Console.WriteLine(file);
                return Failure.Done;
            }
            CheckScale(xScale.Name, parsed.GetValue(xScale));
            CheckScale(yScale.Name, parsed.GetValue(yScale));
            StudyFigure figure = Study.Open(from).Figure(wantedX, parsed.GetValue(y) ?? "fault_rate", parsed.GetValue(series), parsed.GetValue(facet), null,
                parsed.GetValue(xScale), parsed.GetValue(yScale));
            string target = parsed.GetValue(output) ?? Path.Combine(from, "figures", "plot.svg");
            figure.Write(target);
            Console.WriteLine(target);
            return Failure.Done;
        }));
        return command.WithExample("sim plot results/quickstart --x policies.quota.fixed.frames --y fault_rate --series policies.reclaim");
    }

    private static void CheckScale(string option, string? scale)
    {
        if (scale is not (null or "linear" or "log2" or "log10")) throw new UsageException($"{option}: there is no scale '{scale}'; there is: linear, log2, log10");
    }
}
