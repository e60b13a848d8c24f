using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Core.Units;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Sweeps;

/// <summary>
/// The values of {from, to, steps} or {from, to, step}. On a log scale the values are geometric, and step is the factor from one to the next.
/// Sizes are rounded to whole pages; so are counts to whole numbers on a log scale, where both ends are written without a decimal point.
/// </summary>
internal static class SweepRange
{
    private const int MostSteps = 100_000;

    private enum Kind
    {
        Size,
        Time,
        Number,
    }

    /// <summary>The values as the study would write them.</summary>
    public static IReadOnlyList<Node> Values(Setting setting)
    {
        MapReader map = setting.Map();
        Setting fromAt = map.Require("from", "64MiB"), toAt = map.Require("to", "256MiB");
        Setting? stepsAt = map.Find("steps"), stepAt = map.Find("step"), scale = map.Find("scale");
        map.Close();
        map.Exclude("steps", "step");
        bool isLog = scale?.OneOf("scale", "linear", "log") == "log";
        (Kind kind, double from) = Read(fromAt);
        (Kind otherKind, double to) = Read(toAt);
        if (kind != otherKind) throw toAt.Error($"'{toAt.Text()}' and '{fromAt.Text()}' are not of one kind");
        if (to <= from) throw toAt.Error($"{toAt.Text()} is not above {fromAt.Text()}");
        if (isLog && from <= 0) throw fromAt.Error($"a log scale cannot begin at {fromAt.Text()}; it takes numbers above 0");
        double[] values = stepsAt is not null
            ? BySteps(from, to, (int)stepsAt.Whole(2, MostSteps), isLog)
            : ByStep(from, to, stepAt ?? throw setting.Error("neither 'steps' nor 'step' is there; a range is written {from: 1, to: 8, steps: 8}"), kind, isLog);
        bool isCount = isLog && kind == Kind.Number && new[] { fromAt, toAt }.All(end => !end.Text().Contains('.') && !end.Text().EndsWith('%'));
        return [.. values.Select(value => new ScalarNode(setting.Node.Mark, Write(kind, isCount ? Math.Round(value) : value)))];
    }

    private static double[] BySteps(double from, double to, int steps, bool isLog)
    {
        var values = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            double share = (double)i / (steps - 1);
            values[i] = isLog ? from * Math.Pow(to / from, share) : from + (to - from) * share;
        }
        values[^1] = to;
        return values;
    }

    private static double[] ByStep(double from, double to, Setting stepAt, Kind kind, bool isLog)
    {
        double step;
        if (isLog)
        {
            if (!Quantity.TryParseNumber(stepAt.Text(), out step) || step <= 1) throw stepAt.Error($"'{stepAt.Text()}' is no factor above 1, which a step on a log scale is");
        }
        else
        {
            (Kind stepKind, step) = Read(stepAt);
            if (stepKind != kind || step <= 0) throw stepAt.Error($"'{stepAt.Text()}' is no step above 0 of the kind that 'from' is");
        }
        double count = isLog ? Math.Log(to / from) / Math.Log(step) : (to - from) / step;
        if (count >= MostSteps) throw stepAt.Error($"the range has more than {MostSteps} values");
        // The end belongs to the range even where rounding left it a hair beyond.
        return [.. Enumerable.Range(0, (int)Math.Floor(count + 1e-9) + 1).Select(i => isLog ? from * Math.Pow(step, i) : from + i * step)];
    }

    private static (Kind Kind, double Value) Read(Setting setting)
    {
        string text = setting.Text();
        if (Quantity.TryParseSize(text, out ByteSize size)) return (Kind.Size, size.Bytes);
        if (Quantity.TryParseTime(text, out SimTime time)) return (Kind.Time, time.Picoseconds);
        return Quantity.TryParseNumber(text, out double number) ? (Kind.Number, number) : throw setting.Error($"'{text}' is not a number, a size or a time");
    }

    private static string Write(Kind kind, double value) => kind switch
    {
        Kind.Size => WriteSize((long)Math.Round(value / ByteSize.PageBytes) * ByteSize.PageBytes),
        Kind.Time => (Math.Round(value) / 1e3).ToString("0.###", CultureInfo.InvariantCulture) + "ns",
        _ => Math.Round(value, 9).ToString("0.#########", CultureInfo.InvariantCulture),
    };

    /// <summary>In the largest unit that it is a whole number of, so that nothing is lost.</summary>
    private static string WriteSize(long bytes)
    {
        (string name, int shift) = (bytes & ((1L << 30) - 1)) == 0 ? ("GiB", 30) : (bytes & ((1L << 20) - 1)) == 0 ? ("MiB", 20) : ("KiB", 10);
        return (bytes >> shift).ToString(CultureInfo.InvariantCulture) + name;
    }
}
