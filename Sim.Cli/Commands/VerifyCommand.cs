using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Sim.Lab.Verification;

namespace Sim.Cli.Commands;

/// <summary>`sim verify`: simulated values against closed forms and recordings.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Shorter streams, wider intervals." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var jobs = Shared.Jobs();
        var command = new Command("verify", "Compare the simulator with closed forms, papers' worked examples and recordings: value, expectation, interval, pass or fail.")
        {
            quick, json, jobs,
        };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            RecordedData? data = RecordedData.Find();
            IReadOnlyList<VerificationCheck> checks = Verifier.Run(data, parsed.GetValue(quick), Shared.CheckedJobs(parsed.GetValue(jobs)));
            if (parsed.GetValue(json)) PrintJson(checks);
            else Print(checks, data);
            return checks.All(check => check.Passes) ? Failure.Done : Failure.CheckFailed;
        }));
        return command.WithExample("sim verify --quick");
    }

    private static void Print(IReadOnlyList<VerificationCheck> checks, RecordedData? data)
    {
        foreach (var suite in checks.GroupBy(check => check.Suite))
        {
            Console.WriteLine(suite.Key);
            TextTable.Write(["", "simulated", "expected", "from", "to", "source"], [.. suite.Select(check => new[]
            {
                (check.Passes ? "pass  " : "FAIL  ") + check.Name, Number(check.Simulated), Number(check.Expected), Number(check.Low), Number(check.High), check.Source,
            })]);
            Console.WriteLine();
        }
        if (data is null) Console.WriteLine("The recordings (Sim.Tests/Data) were not found from here: run this inside the repository to check against them too.");
        int passed = checks.Count(check => check.Passes);
        Console.WriteLine($"{passed} of {checks.Count} checks pass");
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : "0.#####", CultureInfo.InvariantCulture);

    private static void PrintJson(IReadOnlyList<VerificationCheck> checks) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            passed = checks.Count(check => check.Passes),
            failed = checks.Count(check => !check.Passes),
            checks = checks.Select(check => new
            {
                suite = check.Suite,
                name = check.Name,
                simulated = check.Simulated,
                expected = check.Expected,
                low = check.Low,
                high = check.High,
                passes = check.Passes,
                source = check.Source,
            }),
        }, Shared.Json));
}
