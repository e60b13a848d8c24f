using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sim.Lab.Programs;

namespace Sim.Cli.Commands;

/// <summary>`sim program`: the recording of a real program, with its faults.</summary>
internal static class ProgramCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("recording") { Description = "NAME.p0.gz, the recording of the first process; those of its descendants, NAME.p1.gz and on, lie beside it." };
        var set = new Option<string[]>("--set") { Description = "Replace a setting: --set machine.memory=64GiB, policies.vma-index=..., policies.vma-merge=.... May be repeated." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var policyFiles = Shared.PolicyFiles();
        var command = new Command("program", "Replay the accesses and system calls of recorded processes, and count their page faults.") { file, set, policyFiles, json };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new UsageException($"{path}: there is no such file");
            IReadOnlyList<ProcessFaults> processes = ProgramReplay.Run(path, ProgramSettings.With(parsed.GetValue(set) ?? [], Shared.Policies(parsed.GetValue(policyFiles))));
            if (parsed.GetValue(json)) PrintJson(processes);
            else Print(processes);
            return Failure.Done;
        }));
        return command.WithExample("sim program Sim.Tests/Data/programs/prefork.p0.gz");
    }

    private static void Print(IReadOnlyList<ProcessFaults> processes)
    {
        TextTable.Write(["pid", "refs", "minflt", "majflt", .. FaultRegions.Names, "vmas", "maxrss_kb", "vmpte_kb"],
            [.. processes.Select(process => (IReadOnlyList<string>)[.. Row(process).Select(value => value.ToString(CultureInfo.InvariantCulture))])]);
        foreach (ProcessFaults process in processes.Where(process => process.Phases.Count > 0))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"faults of {process.Pid} between its getrusage calls: {string.Join(", ", process.Phases)}"));
        foreach (ProcessFaults process in processes.Where(process => process.OutsideMappings > 0))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{process.OutsideMappings} accesses of {process.Pid} were to what is not mapped here"));
    }

    private static long[] Row(ProcessFaults process) =>
    [
        process.Pid, process.References, process.MinorFaults, process.MajorFaults, .. process.Faults, process.Mappings, process.PeakResident, process.PageTables,
    ];

    private static void PrintJson(IReadOnlyList<ProcessFaults> processes) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            processes = processes.Select(process => new
            {
                pid = process.Pid,
                refs = process.References,
                minflt = process.MinorFaults,
                majflt = process.MajorFaults,
                faults = FaultRegions.Names.Zip(process.Faults).ToDictionary(pair => pair.First, pair => pair.Second),
                phases = process.Phases,
                outside = process.OutsideMappings,
                vmas_at_exit = process.Mappings,
                maxrss_kb = process.PeakResident,
                vmpte_kb = process.PageTables,
            }),
        }, Shared.Json));
}
