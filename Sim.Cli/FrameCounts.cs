using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Units;

namespace Sim.Cli;

/// <summary>Numbers of frames on a command line: whole numbers, and shares of a trace's pages.</summary>
internal sealed class FrameCounts
{
    private readonly string _option;
    private readonly (string Text, double Number, bool IsShare)[] _counts;

    /// <summary>Reads an option's values, each of which may be several separated by commas.</summary>
    public FrameCounts(string option, IEnumerable<string> values)
    {
        _option = option;
        _counts = [.. values.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Parse)];
    }

    /// <summary>How many numbers there are.</summary>
    public int Count => _counts.Length;

    /// <summary>The first share as it was written; null if there is none.</summary>
    public string? FirstShare => _counts.FirstOrDefault(count => count.IsShare).Text;

    /// <summary>The numbers for a trace of so many pages, which matter to shares alone; a share is rounded down, but not below 1.</summary>
    public IReadOnlyList<int> Of(int pages) => [.. _counts.Select(count => count.IsShare ? (int)Math.Clamp(Math.Floor(count.Number * pages), 1, int.MaxValue / 2) : (int)count.Number)];

    private (string Text, double Number, bool IsShare) Parse(string text)
    {
        bool isShare = text.EndsWith('%');
        if (!Quantity.TryParseNumber(text, out double number) || number <= 0 || number > int.MaxValue / 2 || (!isShare && number != Math.Floor(number)))
            throw new UsageException($"{_option}: '{text}' is not a number of frames; write a whole number from 1, or a share of the pages such as 10%");
        return (text, number, isShare);
    }
}
