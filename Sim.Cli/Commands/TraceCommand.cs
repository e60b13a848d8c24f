using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sim.Core.Contracts;
using Sim.Lab.Execution;
using Sim.Lab.Traces;
using Sim.Workloads.Traces;

namespace Sim.Cli.Commands;

/// <summary>`sim trace`: what is in a page-reference string, and the same in another format.</summary>
internal static class TraceCommand
{
    public static Command Create() => new("trace", "Look into a page-reference string, or write it in another format.")
    {
        Info().WithExample("sim trace info trace.txt.gz"),
        Convert().WithExample("sim trace convert trace.champsim.gz trace.u32.gz --number"),
    };

    private static Command Info()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command("info", "Print a trace's format, its references and pages, and how the references are spread.") { json };
        var trace = new TraceInput(command);
        command.SetAction(parsed => Failure.Guard(() =>
        {
            using TraceReader reader = trace.Open(parsed);
            var progress = new TraceProgress();
            TraceSummary summary = ProgressDisplay.Show(reader.Name, progress, () => TraceSummary.Of(new NumberedTrace(reader), progress));
            if (parsed.GetValue(json)) WriteJson(reader, summary);
            else WriteTable(reader, summary);
            return Failure.Done;
        }));
        return command;
    }

    private static Command Convert()
    {
        string[] formats = [.. TraceWriter.Formats.Select(TraceFormats.NameOf)];
        var output = new Argument<string>("out") { Description = "The file to write: .txt, .u32 or .u64, with .gz behind it to be packed." };
        var to = new Option<string?>("--to") { Description = $"The format to write, if the name does not tell: {string.Join(", ", formats)}." };
        var gzip = new Option<bool>("--gzip") { Description = "Pack with gzip, whatever the name." };
        var number = new Option<bool>("--number") { Description = "Number the pages 0, 1, 2, ... in the order of their first reference." };
        var command = new Command("convert", "Write a trace's page ids as text or as binary ids. A replay of the file has the same misses.") { to, gzip, number };
        var trace = new TraceInput(command);
        command.Add(output);
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string path = parsed.GetValue(output)!;
            TraceFormat format = FormatOf(path, parsed.GetValue(to), formats);
            CheckPlace(trace.FileOf(parsed), path);
            var conversion = new TraceConversion(format, IsNamedPacked(path) || parsed.GetValue(gzip), parsed.GetValue(number));
            using TraceReader reader = trace.Open(parsed);
            var progress = new TraceProgress();
            long references = ProgressDisplay.Show(reader.Name, progress, () => conversion.Write(reader, path, progress));
            string name = TraceFormats.NameOf(format);
            Console.WriteLine($"{path}: {references:N0} references as {name}{(IsRecognised(path, format) ? "" : $"; its content does not tell so, read it with --format {name}")}");
            return Failure.Done;
        }));
        return command;
    }

    private static bool IsNamedPacked(string path) => path.EndsWith(".gz", StringComparison.Ordinal);

    private static TraceFormat FormatOf(string path, string? name, string[] formats)
    {
        if (name is not null && !formats.Contains(name)) throw new UsageException($"--to: '{name}' is no format that is written; {NearestName.Suggest(name, formats)}");
        name ??= Path.GetExtension(IsNamedPacked(path) ? Path.GetFileNameWithoutExtension(path) : path) switch
        {
            ".txt" => "text",
            ".u32" => "u32",
            ".u64" => "u64",
            _ => throw new UsageException($"{path}: the name does not tell the format; end it in .txt, .u32 or .u64 (.gz may follow), or say --to {string.Join('|', formats)}"),
        };
        TraceFormats.TryParse(name, out TraceFormat format);
        return format;
    }

    private static void CheckPlace(string trace, string path)
    {
        string whole = Path.GetFullPath(path), folder = Path.GetDirectoryName(whole) ?? whole;
        if (whole == Path.GetFullPath(trace)) throw new UsageException($"{path} is the trace itself; name another file to write");
        if (Directory.Exists(whole)) throw new UsageException($"{path} is a folder; name a file to write");
        if (!Directory.Exists(folder)) throw new UsageException($"{path}: there is no folder {folder}; make it first, or name another file to write");
    }

    /// <summary>Whether a reader that is told nothing takes the file for what it is.</summary>
    private static bool IsRecognised(string path, TraceFormat format)
    {
        try
        {
            using TraceReader reader = TraceFile.Open(path);
            return reader.Format == format;
        }
        catch (TraceFormatException)
        {
            return false;
        }
    }

    private static void WriteTable(TraceReader trace, TraceSummary summary)
    {
        Console.WriteLine($"{trace.Name}, read as {TraceFormats.NameOf(trace.Format)}: {summary.References:N0} references to {summary.Pages:N0} pages");
        TextTable.Write(["", ""],
        [
            ["bytes", trace.Bytes is { } bytes ? bytes.ToString("N0", CultureInfo.InvariantCulture) : "unknown"],
            ["packed", trace.IsPacked ? "gzip" : "no"],
            ["lowest page id", summary.LowestId.ToString(CultureInfo.InvariantCulture)],
            ["highest page id", summary.HighestId.ToString(CultureInfo.InvariantCulture)],
            ["pages referenced once", summary.UsedOnce.ToString("N0", CultureInfo.InvariantCulture)],
            ["share of references to the most used 1 % of pages", Ratio(summary.MostUsedHundredth)],
            ["share of references to the most used 10 % of pages", Ratio(summary.MostUsedTenth)],
            ["share of references to the page just referenced", Ratio(summary.Repeated)],
            ["share of references to the page after it", Ratio(summary.Sequential)],
        ]);
    }

    private static string Ratio(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);

    private static void WriteJson(TraceReader trace, TraceSummary summary) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            trace = trace.Name,
            format = TraceFormats.NameOf(trace.Format),
            packed = trace.IsPacked,
            bytes = trace.Bytes,
            refs = summary.References,
            pages = summary.Pages,
            lowest_page = summary.LowestId,
            highest_page = summary.HighestId,
            pages_referenced_once = summary.UsedOnce,
            share_of_top_1_percent = summary.MostUsedHundredth,
            share_of_top_10_percent = summary.MostUsedTenth,
            share_repeated = summary.Repeated,
            share_sequential = summary.Sequential,
        }, Shared.Json));
}
