using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Figures;

namespace Sim.Tests.Figures;

/// <summary>Figures that cover the kinds, the formats and the awkward cases. Every test of layout runs over all of them.</summary>
internal static class SampleFigures
{
    private const double MiB = 1 << 20;

    private static readonly string[] _policies =
    [
        "fifo", "clock", "lru", "arc", "linux-two-list", "s3-fifo", "lirs(variant=libcachesim)",
        "clock(bits=2,set-on-load=false)", "sieve", "2q", "lfu", "opt",
    ];

    public static FigureAxis Memory { get; } = new("machine memory", FigureFormat.Bytes, FigureScale.Log2);

    public static FigureAxis Rate { get; } = new("fault rate", FigureFormat.Percent);

    public static IReadOnlyDictionary<string, Func<string>> Svgs { get; } = new Dictionary<string, Func<string>>
    {
        ["sweep"] = () => Sweep(5).ToSvg(),
        ["twelve series"] = () => Sweep(12).ToSvg(),
        ["one point"] = () => Of(Memory, Rate, new FigurePoint(64 * MiB, 0.01, 0.005, 0.02)).ToSvg(),
        ["constant"] = () => Of(new("x"), new("y"), new FigurePoint(1, 7), new FigurePoint(2, 7)).ToSvg(),
        ["all zero"] = () => Of(new("x"), new("y"), new FigurePoint(1, 0), new FigurePoint(2, 0)).ToSvg(),
        ["zero on a log axis"] = () => ZeroOnLog().ToSvg(),
        ["negative on a log axis"] = () =>
            Of(new("x"), new("y", Scale: FigureScale.Log10), new FigurePoint(1, -3), new FigurePoint(2, 100)).ToSvg(),
        ["no series"] = () => Of(Memory, Rate).ToSvg(),
        ["all missing"] = () => Of(Memory, Rate, new FigurePoint(MiB, double.NaN), new FigurePoint(2 * MiB, double.PositiveInfinity)).ToSvg(),
        ["bars"] = () => Bars(3, FigureScale.Linear).ToSvg(),
        ["bars on a log axis"] = () => Bars(3, FigureScale.Log10).ToSvg(),
        ["slanted labels"] = () => LongLabels().ToSvg(),
        ["unbreakable labels"] = () => Unbreakable().ToSvg(),
        ["narrow"] = () => new Figure { Title = "Narrow", XAxis = Memory, YAxis = Rate, Series = Sweep(12).Series, Width = 200, Height = 100 }.ToSvg(),
        ["small multiples"] = () => Grid().ToSvg(),
        ["empty grid"] = () => new FigureGrid { Title = "Nothing", Panels = [] }.ToSvg(),
    };

    public static Figure Of(FigureAxis x, FigureAxis y, params FigurePoint[] points) => new()
    {
        Title = "Sample",
        XAxis = x,
        YAxis = y,
        Series = points.Length == 0 ? [] : [new FigureSeries("only", points)],
    };

    public static Figure Sweep(int series) => new()
    {
        Title = "Fault rate of four databases as memory shrinks",
        XAxis = Memory,
        YAxis = Rate,
        LegendTitle = "page replacement",
        Note = "Means of five replications; bands are 95% confidence intervals.",
        Series = [.. _policies.Take(series).Select((name, index) => new FigureSeries(name, [.. SweepPoints(index)]))],
    };

    public static Figure ZeroOnLog() => Of(
        new("frames", FigureFormat.Number, FigureScale.Log10),
        new("major faults", FigureFormat.Number, FigureScale.Log10),
        new FigurePoint(100, 5000), new FigurePoint(1000, 40), new FigurePoint(10_000, 0));

    public static Figure Bars(int series, FigureScale scale) => new()
    {
        Title = "Fork latency by strategy",
        XAxis = new("fork strategy", FigureFormat.Category),
        YAxis = new("latency", FigureFormat.Time, scale),
        Series =
        [
            .. Enumerable.Range(1, series).Select(size => new FigureSeries($"{size} GiB",
            [
                new("eager", size * 9e6, size * 8.5e6, size * 9.5e6), new("cow", size * 9e5), new("vfork", 15_000, 14_000, 16_000),
            ])),
        ],
    };

    public static FigureGrid Grid() => new()
    {
        Title = "Fault rate by workload",
        Columns = 3,
        LegendTitle = "page replacement",
        Panels =
        [
            .. new[] { "zipf 0.7", "zipf 0.9", "a workload whose name is longer than its panel is wide", "scan", "loop" }.Select((name, index) =>
                new Figure { Title = name, XAxis = Memory, YAxis = Rate, Series = Sweep(5 - (index % 2)).Series }),
        ],
    };

    private static IEnumerable<FigurePoint> SweepPoints(int index) =>
        new[] { 64, 96, 128, 192, 256 }.Select((size, step) => (X: size * MiB, Y: (0.08 / (step + 1)) - (0.0004 * index)))
            .Select(point => new FigurePoint(point.X, point.Y, point.Y * 0.94, point.Y * 1.06));

    private static Figure LongLabels() => new()
    {
        Title = "CPU time by policy with very long names that must stay readable: the title itself wraps onto a second line when it has to",
        XAxis = new("page replacement policy", FigureFormat.Category),
        YAxis = new("CPU time in the kernel per user reference, all categories that are not idle", FigureFormat.Time),
        Series = [new("", [.. _policies.Select((name, index) => new FigurePoint(name, 0.4 + (index * 0.1)))])],
    };

    private static Figure Unbreakable() => new()
    {
        Title = new string('W', 120),
        XAxis = new(new string('x', 150), FigureFormat.Category),
        YAxis = new(new string('y', 150)),
        LegendTitle = new string('L', 80),
        Note = new string('n', 300),
        Series = [new(new string('s', 90), [new(new string('c', 90), 1), new(new string('d', 90), 2)]), new("t", [new("e", -1)])],
    };
}
