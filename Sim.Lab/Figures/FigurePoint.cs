namespace Sim.Lab.Figures;

/// <summary>A measured value with its confidence interval. A value that is not finite is missing and leaves a gap.</summary>
/// <param name="X">Where on a numeric x axis.</param>
/// <param name="Y">The estimate.</param>
/// <param name="Low">The interval's lower end; NaN where there is no interval.</param>
/// <param name="High">The interval's upper end; NaN where there is no interval.</param>
/// <param name="Label">Where on a category axis; null on a numeric one.</param>
public readonly record struct FigurePoint(double X, double Y, double Low, double High, string? Label = null)
{
    /// <summary>A point without an interval.</summary>
    public FigurePoint(double x, double y)
        : this(x, y, double.NaN, double.NaN)
    {
    }

    /// <summary>A point of a category axis.</summary>
    public FigurePoint(string label, double y, double low = double.NaN, double high = double.NaN)
        : this(double.NaN, y, low, high, label)
    {
    }

    internal bool HasInterval => double.IsFinite(Low) && double.IsFinite(High);
}
