using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Lab.Execution;
using Sim.Workloads.Traces;

namespace Sim.Cli.Commands;

/// <summary>`sim replay`: page replacement alone, at full speed.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var policies = new Option<string[]>("--policy", "-p")
        {
            Description = "Policies, separated by commas: lru,clock(set-on-load=false).",
            Required = true,
        };
        var frames = new Option<string[]>("--frames", "-f") { Description = "Numbers of frames, or shares of the trace's pages: 100,200,10%.", Required = true };
        var seed = new Option<long>("--seed") { Description = "Seed of the policies that draw.", DefaultValueFactory = _ => 1 };
        var jobs = Shared.Jobs();
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var csv = new Option<bool>("--csv") { Description = "Print trace,policy,frames,refs,misses." };
        var command = new Command("replay", "Replay a page-reference string under one or more replacement policies; print references and misses.")
        {
            policies, frames, seed, jobs, json, csv,
        };
        var trace = new TraceInput(command);
        command.SetAction(parsed => Failure.Guard(() =>
        {
            IReadOnlyList<string> names = [.. parsed.GetValue(policies)!.SelectMany(ReplaySweep.SplitPolicies)];
            if (names.Count == 0) throw new UsageException("--policy names no policy");
            foreach (string name in names) CheckPolicy(name);
            string[] sizes = [.. parsed.GetValue(frames)!.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
            foreach (string size in sizes) FramesOf(size, 1);
            if (sizes.Length == 0) throw new UsageException("--frames names no number of frames");
            string file = trace.FileOf(parsed);
            using var numbered = new NumberedTrace(trace.Open(parsed));
            PageTrace pages = PageTrace.Read(numbered);
            IReadOnlyList<ReplayRow> rows = ReplaySweep.Run(pages, BuiltIn.Policies, names, [.. sizes.Select(size => FramesOf(size, pages.DistinctPages))],
                (ulong)parsed.GetValue(seed), Shared.CheckedJobs(parsed.GetValue(jobs)));
            if (parsed.GetValue(json)) PrintJson(file, pages, rows);
            else if (parsed.GetValue(csv)) PrintCsv(file, rows);
            else PrintTable(pages, rows);
            return Failure.Done;
        }));
        return command.WithExample("sim replay trace.txt.gz --policy lru,'clock(set-on-load=false)' --frames 100,200,10% --csv");
    }

    private static void CheckPolicy(string text)
    {
        try
        {
            PolicyChoice.Parse(BuiltIn.Policies, "reclaim", text);
        }
        catch (PolicyOptionException e)
        {
            throw new UsageException($"--policy {text}: {e.Message}");
        }
    }

    private static int FramesOf(string text, int distinctPages)
    {
        bool isShare = text.EndsWith('%');
        bool isNumber = Quantity.TryParseNumber(text, out double number);
        double value = isShare ? Math.Max(1, Math.Floor(number * distinctPages)) : number;
        if (!isNumber || value < 1 || value > int.MaxValue / 2 || value != Math.Floor(value) || (isShare && number <= 0))
            throw new UsageException($"--frames: '{text}' is not a number of frames; write a whole number from 1, or a share of the pages such as 10%");
        return (int)value;
    }

    private static void PrintTable(PageTrace pages, IReadOnlyList<ReplayRow> rows)
    {
        Console.WriteLine($"{pages.Name}: {pages.Length:N0} references to {pages.DistinctPages:N0} pages");
        int width = Math.Max(6, rows.Max(row => row.Policy.Length));
        Console.WriteLine($"{"policy".PadRight(width)} {"frames",12} {"misses",14} {"miss ratio",11}");
        foreach (ReplayRow row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Policy.PadRight(width)} {row.Frames,12:N0} {row.Misses,14:N0} {row.MissRatio,11:0.000000}"));
    }

    private static void PrintCsv(string file, IReadOnlyList<ReplayRow> rows)
    {
        Console.Write("trace,policy,frames,refs,misses\r\n");
        foreach (ReplayRow row in rows) Console.Write($"{Csv(file)},{Csv(row.Policy)},{row.Frames},{row.References},{row.Misses}\r\n");
    }

    private static string Csv(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"") + "\"";

    private static void PrintJson(string file, PageTrace pages, IReadOnlyList<ReplayRow> rows) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            trace = file,
            refs = pages.Length,
            pages = pages.DistinctPages,
            results = rows.Select(row => new { policy = row.Policy, frames = row.Frames, refs = row.References, misses = row.Misses }),
        }, Shared.Json));
}
