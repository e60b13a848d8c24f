namespace Sim.Lab.Figures;

/// <summary>What a point says when the pointer rests on it, and what a screen reader reads.</summary>
internal static class PointText
{
    public static string Of(Figure figure, FigureSeries series, FigurePoint point)
    {
        string x = figure.HasCategories ? Figure.LabelOf(point) : NumberText.Value(point.X, figure.XAxis.Format);
        var format = figure.YAxis.Format;
        string interval = point.HasInterval
            ? $" [{NumberText.Value(point.Low, format)}, {NumberText.Value(point.High, format)}]"
            : "";
        string name = series.Name.Length > 0 ? series.Name + ": " : "";
        return $"{name}{figure.XAxis.Title} {x}, {figure.YAxis.Title} {NumberText.Value(point.Y, format)}{interval}";
    }
}
