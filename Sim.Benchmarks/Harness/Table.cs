using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Sim.Benchmarks.Harness;

/// <summary>Writes rows as a Markdown table.</summary>
public static class Table
{
    private const string Begin = "<!-- measured: begin -->";
    private const string End = "<!-- measured: end -->";

    /// <summary>The table, below a line that names the hardware.</summary>
    public static string Write(IReadOnlyCollection<Row> rows, bool isQuick)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Hardware.Describe()}, .NET {Environment.Version}; medians of {Medians.Rounds}");
        text.Append(isQuick ? "; a quick run, not to be quoted.\n\n" : ".\n\n");
        text.Append("| what | unit | target | measured | min - max | | |\n|---|---|---:|---:|---:|---|---|\n");
        foreach (Row row in rows)
        {
            string target = row.Target is { } bound ? (row.IsAtMost ? "<= " : ">= ") + Number(bound) : "";
            string verdict = row.Target is null ? "" : row.IsMet ? "pass" : "**short**";
            text.Append(CultureInfo.InvariantCulture, $"| {row.What} | {row.Unit} | {target} | {Number(row.Measured.Median)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {Number(row.Measured.Minimum)} - {Number(row.Measured.Maximum)} | {verdict} | {row.Remark} |\n");
        }
        return text.ToString();
    }

    /// <summary>Puts a table between the markers of a file, in place of what stands there.</summary>
    public static void Update(string file, string table)
    {
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) throw new InvalidDataException($"{file} has no '{Begin}' followed by '{End}'");
        File.WriteAllText(file, text[..(begin + Begin.Length)] + "\n" + table + text[end..]);
    }

    /// <summary>A rate for the last column: 58 M refs/s.</summary>
    public static string Rate(double perSecond, string unit) => perSecond >= 9.95e6
        ? string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:F0} M {unit}/s")
        : string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:F1} M {unit}/s");

    private static string Number(double value) => value.ToString(value is 0 or >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
