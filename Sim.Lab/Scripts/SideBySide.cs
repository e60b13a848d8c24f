using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Scripts;

/// <summary>Two maps beside each other, equal mappings on one row, those that only one has marked.</summary>
public static class SideBySide
{
    /// <summary>The rows: left map, mark, right map.</summary>
    public static IEnumerable<string> Rows(IReadOnlyList<string> left, IReadOnlyList<string> right, string leftTitle, string rightTitle)
    {
        int width = Math.Max(leftTitle.Length, left.Select(text => text.Length).DefaultIfEmpty().Max());
        yield return $"{leftTitle.PadRight(width)}     {rightTitle}".TrimEnd();
        int i = 0, j = 0;
        while (i < left.Count || j < right.Count)
        {
            bool isBoth = i < left.Count && j < right.Count && left[i] == right[j];
            bool takesLeft = isBoth || (i < left.Count && (j >= right.Count || StartOf(left[i]) <= StartOf(right[j])));
            bool takesRight = isBoth || (j < right.Count && (i >= left.Count || StartOf(right[j]) <= StartOf(left[i])));
            string one = takesLeft ? left[i++] : "", other = takesRight ? right[j++] : "";
            yield return $"{one.PadRight(width)}  {(isBoth ? ' ' : one.Length == 0 ? '>' : other.Length == 0 ? '<' : '|')}  {other}".TrimEnd();
        }
    }

    private static long StartOf(string mapping) => long.TryParse(mapping.AsSpan(0, Math.Max(0, mapping.IndexOf(','))), out long start) ? start : long.MaxValue;
}
