using System;
using System.Collections.Generic;

namespace Sim.Lab.Figures;

/// <summary>What an axis has to show: the extent of the data, and what of it a logarithm cannot take.</summary>
internal sealed class DataRange
{
    private double _least = double.PositiveInfinity;
    private double _leastPositive = double.PositiveInfinity;
    private double _leastPositiveBound = double.PositiveInfinity;

    /// <summary>The least value. An interval's end below zero does not count where no estimate is negative: a count has no room there.</summary>
    public double Least => HasNegative ? _least : Math.Max(0, _least);

    public double Greatest { get; private set; } = double.NegativeInfinity;

    public bool HasZero { get; private set; }

    public bool HasNegative { get; private set; }

    public bool IsEmpty => Least > Greatest;

    public bool HasPositive => Greatest > 0 && double.IsFinite(_leastPositive);

    /// <summary>
    /// The least value that a logarithmic axis must reach. An interval's lower end counts down to a tenth of the least estimate only:
    /// an end close to zero would otherwise spend the whole axis on nothing.
    /// </summary>
    public double LeastPositive => Math.Min(_leastPositive, Math.Max(_leastPositiveBound, _leastPositive / 10));

    public static DataRange OfX(IEnumerable<Figure> figures)
    {
        var range = new DataRange();
        range.AddAll(figures, (_, point) => range.Add(point.X));
        return range;
    }

    public static DataRange OfY(IEnumerable<Figure> figures)
    {
        var range = new DataRange();
        range.AddAll(figures, (figure, point) =>
        {
            range.Add(point.Y);
            if (point.HasInterval)
            {
                range.AddBound(point.Low);
                range.AddBound(point.High);
            }

            if (figure.DrawsBars && figure.YAxis.Scale == FigureScale.Linear)
            {
                range.AddBound(0);
            }
        });
        return range;
    }

    public void Add(double value)
    {
        Extend(value);
        HasZero |= value == 0;
        HasNegative |= value < 0;
        if (value > 0)
        {
            _leastPositive = Math.Min(_leastPositive, value);
        }
    }

    private void AddBound(double value)
    {
        Extend(value);
        if (value > 0)
        {
            _leastPositiveBound = Math.Min(_leastPositiveBound, value);
        }
    }

    private void Extend(double value)
    {
        _least = Math.Min(_least, value);
        Greatest = Math.Max(Greatest, value);
    }

    private void AddAll(IEnumerable<Figure> figures, Action<Figure, FigurePoint> add)
    {
        foreach (var figure in figures)
        {
            foreach (var series in figure.Series)
            {
                foreach (var point in series.Points)
                {
                    if (figure.IsDrawable(point))
                    {
                        add(figure, point);
                    }
                }
            }
        }
    }
}
