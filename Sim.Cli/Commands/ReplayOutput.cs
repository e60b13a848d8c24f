using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Sim.Lab.Execution;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>Replays as a table, as comma-separated values and as JSON.</summary>
internal static class ReplayOutput
{
    public static void WriteTable(string file, string format, ReplayResult result)
    {
        string pages = result.Pages is { } count ? $" to {count:N0} pages" : "";
        Console.WriteLine($"{file}, read as {format}: {result.References:N0} references{pages}");
        TextTable.Write(["policy", "frames", "misses", "miss ratio"], [.. result.Rows.Select(row => new[]
        {
            row.Policy, row.Frames.ToString("N0", CultureInfo.InvariantCulture), row.Misses.ToString("N0", CultureInfo.InvariantCulture),
            row.MissRatio.ToString("0.000000", CultureInfo.InvariantCulture),
        })]);
    }

    /// <summary>As RFC 4180 has it.</summary>
    public static void WriteCsv(string file, IEnumerable<ReplayRow> rows)
    {
        Console.Write("trace,policy,frames,refs,misses\r\n");
        foreach (ReplayRow row in rows) Console.Write($"{CsvField.Of(file)},{CsvField.Of(row.Policy)},{row.Frames},{row.References},{row.Misses}\r\n");
    }

    public static void WriteJson(string file, string format, ReplayResult result) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            trace = file,
            format,
            refs = result.References,
            pages = result.Pages,
            results = result.Rows.Select(row => new { policy = row.Policy, frames = row.Frames, refs = row.References, misses = row.Misses }),
        }, Shared.Json));
}
