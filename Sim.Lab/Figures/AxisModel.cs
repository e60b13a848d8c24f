using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>
/// A numeric axis made ready for drawing: its domain, its ticks, and where a value stands between its ends.
/// <code>
///   logarithmic axis with zeros in the data:
///   |0   //   1      10      100|
///   |slot|      logarithm       |
/// </code>
/// </summary>
internal sealed class AxisModel
{
    private const double ZeroSlot = 0.09;

    private readonly double _low;
    private readonly double _high;
    private readonly double _slot;

    private AxisModel(FigureAxis axis, bool isLog, double low, double high, bool hasZeroSlot)
    {
        Axis = axis;
        IsLog = isLog;
        _low = low;
        _high = high;
        _slot = hasZeroSlot ? ZeroSlot : 0;
    }

    public FigureAxis Axis { get; }

    public bool IsLog { get; }

    /// <summary>Whether zero has a place of its own before the logarithmic part.</summary>
    public bool HasBreak => _slot > 0;

    public IReadOnlyList<Tick> Ticks { get; private set; } = [];

    /// <summary>What had to be done to show the data on this axis; null where nothing was.</summary>
    public string? Note { get; private init; }

    public string Title => Axis.TitleWith(
        IsLog ? null : LinearTicks.Unit(Math.Max(Math.Abs(_low), Math.Abs(_high)), Axis.Format).Name);

    /// <summary>Where zero stands if it is inside the axis, else where the axis begins: the foot of a bar.</summary>
    public double Foot => !IsLog && _low < 0 ? Math.Min(1, Position(0)) : 0;

    /// <summary>The middle of the gap between zero and the logarithmic part.</summary>
    public double BreakPosition => _slot * 0.6;

    /// <summary>
    /// Where a value stands: 0 at the axis' beginning, 1 at its end. What lies before the beginning, as an interval's end may, stands at it.
    /// </summary>
    public double Position(double value) => Math.Max(0, !IsLog
        ? (value - _low) / (_high - _low)
        : value <= 0 ? 0 : _slot + ((1 - _slot) * Math.Log(value / _low) / Math.Log(_high / _low)));

    /// <summary>Prepares an axis of a length in pixels. A vertical axis ends at round values, a horizontal one close to its data.</summary>
    public static AxisModel Create(FigureAxis axis, DataRange range, double length, bool isVertical)
    {
        bool wantsLog = axis.Scale != FigureScale.Linear && !range.IsEmpty;
        bool isLog = wantsLog && range.HasPositive && !range.HasNegative;
        string name = isVertical ? "vertical" : "horizontal";
        string? note = (wantsLog, isLog, range.HasZero) switch
        {
            (true, false, _) => $"The {name} axis is linear: the data are not all positive.",
            (true, true, true) => $"Zero stands before the break of the logarithmic {name} axis.",
            _ => null,
        };
        var (low, high) = isLog ? AxisDomain.Log(range, LogTicks.Radix(axis), isVertical) : AxisDomain.Linear(range, isVertical);
        return isLog
            ? LogModel(axis, low, high, range.HasZero, note, length, isVertical)
            : LinearModel(axis, low, high, note, length, isVertical);
    }

    private static AxisModel LogModel(FigureAxis axis, double low, double high, bool hasZero, string? note, double length, bool isVertical)
    {
        var model = new AxisModel(axis, true, low, high, hasZero) { Note = note };
        for (int count = TickRoom.MostTicks(length, isVertical, isLog: true); count >= 2 && model.Ticks.Count == 0; count--)
        {
            var ticks = LogTicks.Between(low, high, count, axis);
            if (ticks.Count == 0)
            {
                double step = LinearTicks.Step(low, high, count, axis.Format);
                ticks = [.. LinearTicks.Between(low, high, step, axis.Format)
                    .Select(tick => tick with { Label = NumberText.Value(tick.Value, axis.Format) })];
            }

            ticks = hasZero ? [new Tick(0, NumberText.Value(0, axis.Format)), .. ticks] : ticks;
            model.Ticks = TickRoom.Fits(model, ticks, length, isVertical) || count == 2 ? ticks : [];
        }

        return model;
    }

    private static AxisModel LinearModel(FigureAxis axis, double low, double high, string? note, double length, bool isVertical)
    {
        for (int count = TickRoom.MostTicks(length, isVertical, isLog: false); ; count--)
        {
            double step = LinearTicks.Step(low, high, count, axis.Format);
            double first = isVertical ? Math.Floor((low / step) + 1e-9) * step : low;
            double last = isVertical ? Math.Ceiling((high / step) - 1e-9) * step : high;
            var model = new AxisModel(axis, false, first, last, false) { Note = note };
            model.Ticks = LinearTicks.Between(first, last, step, axis.Format);
            if (count <= 1 || TickRoom.Fits(model, model.Ticks, length, isVertical))
            {
                return model;
            }
        }
    }
}
