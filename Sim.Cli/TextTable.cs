using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Cli;

/// <summary>A table as aligned text: the first column to the left, numbers to the right.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    public static void Write(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. headers.Select((header, column) => Math.Max(header.Length, rows.Select(row => row[column].Length).DefaultIfEmpty(0).Max()))];
        bool[] isRight = [.. headers.Select((_, column) => rows.All(row => row[column].Length == 0 || char.IsAsciiDigit(row[column][0]) || row[column][0] is '-' or '+' or '(' or '–'))];
        if (headers.Any(header => header.Length > 0)) WriteLine(headers);
        foreach (var row in rows) WriteLine(row);

        void WriteLine(IReadOnlyList<string> cells) => Console.WriteLine(string.Join(Gap,
            cells.Select((cell, column) => isRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
