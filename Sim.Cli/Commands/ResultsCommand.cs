using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using Sim.Core.Units;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>`sim results`: the studies that have been run.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where studies keep their results.", DefaultValueFactory = _ => "results" };
        var command = new Command("results", "List the studies whose results are kept: runs, what they vary, when they were computed, and how much they take.") { folder };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string root = parsed.GetValue(folder)!;
            if (!Directory.Exists(root)) throw new UsageException($"{root}: there is no such folder; run a study first: sim run experiments/quickstart.yaml");
            string[] studies = [.. Directory.GetDirectories(root).Where(path => File.Exists(Path.Combine(path, "runs.parquet"))).Order(StringComparer.Ordinal)];
            if (studies.Length == 0) throw new UsageException($"{root}: holds no results; run a study first: sim run experiments/quickstart.yaml");
            TextTable.Write(["study", "runs", "not ok", "points", "computed", "size", "varies"], [.. studies.Select(Row)]);
            return Failure.Done;
        }));
        return command.WithExample("sim results");
    }

    private static IReadOnlyList<string> Row(string path)
    {
        Study study = Study.Open(path);
        var size = new ByteSize(Directory.GetFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length));
        return
        [
            Path.GetFileName(path), Number(study.Runs.Count), Number(study.Runs.Count(run => !run.IsOk)), Number(study.Points.Count),
            Manifest.Read(path)?.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "",
            (size.Bytes / (double)(1 << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB", string.Join(", ", study.Varying.Select(parameter => parameter.Name)),
        ];
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
