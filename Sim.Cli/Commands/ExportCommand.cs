using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>`sim export`: a table as text.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("results") { Description = "A study's folder of results, or a Parquet file." };
        var table = new Option<string>("--table") { Description = "The table of the folder.", DefaultValueFactory = _ => "runs" };
        var lines = new Option<bool>("--jsonl") { Description = "JSON Lines in place of comma-separated values." };
        var command = new Command("export", "Print a table of a study, or any flat Parquet file, as comma-separated values or JSON Lines.") { source, table, lines };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            string path = FileOf(parsed.GetValue(source)!, parsed.GetValue(table)!, parsed.GetResult(table) is { Implicit: false });
            using var to = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
            if (parsed.GetValue(lines)) TableText.WriteJsonLines(path, to);
            else TableText.WriteCsv(path, to);
            return Failure.Done;
        }));
        return command.WithExample("sim export results/quickstart --table runs > runs.csv");
    }

    private static string FileOf(string source, string table, bool isNamed)
    {
        if (!Directory.Exists(source)) return isNamed ? throw new UsageException($"--table goes with a folder of results; {source} is none") : source;
        string[] tables = [.. Directory.GetFiles(source, "*.parquet").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
        if (tables.Length == 0) throw new UsageException($"{source}: holds no Parquet file; name the folder of a study's results");
        if (!tables.Contains(table)) throw new UsageException($"--table {table}: {source} has no such table; it has: {string.Join(", ", tables)}");
        return Path.Combine(source, table + ".parquet");
    }
}
