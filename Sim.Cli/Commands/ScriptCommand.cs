using System;
using System.CommandLine;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sim.Lab;
using Sim.Lab.Scripts;

namespace Sim.Cli.Commands;

/// <summary>`sim script`: operations on address spaces against a recording.</summary>
internal static class ScriptCommand
{
    private const int MostDrawn = 3;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "JSON Lines, gzip or not: a header with \"case\", a line an operation, a line with \"final\"." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var emit = new Option<bool>("--emit") { Description = "Print the script with the simulated results and maps; whatever it expects is ignored." };
        var command = new Command("script", "Execute a script of operations on address spaces and compare it with what was recorded; exit code 1 where something differs.")
        {
            file, json, emit,
        };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(emit)) throw new UsageException("--emit prints JSON Lines, --json one document; choose one of them");
            string path = parsed.GetValue(file)!;
            if (parsed.GetValue(emit)) return Emit(path);
            ScriptReport report = Script.Compare(path, BuiltIn.AddressSpaces);
            if (parsed.GetValue(json)) PrintJson(report);
            else Print(report);
            return report.Failures.Count == 0 ? Failure.Done : Failure.CheckFailed;
        }));
        return command.WithExample("sim script Sim.Tests/Data/kernel/vma/directed.jsonl.gz");
    }

    /// <summary>The whole script is executed before the first line is printed: one that turns out bad prints nothing.</summary>
    private static int Emit(string path)
    {
        foreach (string line in Script.Emit(path, BuiltIn.AddressSpaces).ToList()) Console.Out.Write(line + "\n");
        return Failure.Done;
    }

    private static void Print(ScriptReport report)
    {
        foreach (ScriptDifference difference in report.Failures.Take(MostDrawn))
        {
            Console.WriteLine($"case {difference.Case}, line {difference.Line}: {difference.Operation}");
            if (difference.Recorded != difference.Simulated) Console.WriteLine($"returned {difference.Recorded} when recorded, {difference.Simulated} here");
            foreach (string row in SideBySide.Rows(difference.RecordedMap, difference.SimulatedMap, "recorded", "simulated")) Console.WriteLine("  " + row);
            Console.WriteLine();
        }
        if (report.Failures.Count > MostDrawn) Console.WriteLine($"{report.Failures.Count - MostDrawn} more cases differ; --json lists them all");
        Console.WriteLine($"{report.CasesExact} of {report.Cases} cases and {report.OperationsExact} of {report.Operations} operations agree");
        if (report.Skipped.Count > 0) Console.WriteLine($"skipped, for transparent huge pages are not modelled: {string.Join(", ", report.Skipped)}");
    }

    private static void PrintJson(ScriptReport report) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            file = report.File,
            cases = report.Cases,
            cases_exact = report.CasesExact,
            ops = report.Operations,
            ops_exact = report.OperationsExact,
            skipped = report.Skipped,
            failures = report.Failures.Select(failure => new
            {
                @case = failure.Case,
                line = failure.Line,
                op = failure.Operation,
                recorded = failure.Recorded,
                simulated = failure.Simulated,
                recorded_map = failure.RecordedMap,
                simulated_map = failure.SimulatedMap,
            }),
        }, Json));
}
