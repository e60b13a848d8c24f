using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Execution;
using Sim.Lab.Figures;

namespace Sim.Lab.Curves;

/// <summary>A trace's curves as small multiples.</summary>
internal static class CurveFigure
{
    private const int PointsPerCurve = 200;

    public static FigureGrid Of(string trace, TraceCurves curves, IReadOnlyList<ReplayRow> policies)
    {
        bool isExact = curves.Sample is null;
        var lru = Thinned(curves.Lru);
        var workingSets = Thinned(curves.WorkingSets).Where(point => point.Window > 0);
        var panels = new List<Figure>
        {
            Panel("Miss ratio by frames", Logarithmic("Frames"), new FigureAxis("Miss ratio"),
            [
                new FigureSeries("lru", [.. lru.Select(point => WithBand(point, !isExact))]),
                .. policies.GroupBy(row => row.Policy)
                    .Select(rows => new FigureSeries(rows.Key, [.. rows.Select(row => new FigurePoint(row.Frames, row.MissRatio))])),
            ]),
            Panel("Lifetime: references between faults, by pages", Logarithmic(isExact ? "Frames, or mean working set" : "Frames"), Logarithmic("References between faults"),
            [
                new FigureSeries("lru", [.. lru.Select(point => new FigurePoint(point.Frames, point.Lifetime))]),
                .. isExact ? [new FigureSeries("working set", [.. workingSets.Select(point => new FigurePoint(point.MeanSize, point.Lifetime))])] : (FigureSeries[])[],
            ]),
        };
        if (isExact)
        {
            panels.Add(Panel("Working set s(τ) by window τ", Logarithmic("Window τ, references"), new FigureAxis("Mean pages"),
                [new FigureSeries("working set", [.. workingSets.Select(point => new FigurePoint(point.Window, point.MeanSize))])]));
            panels.Add(Panel("Footprint u(n) by references n", Logarithmic("References n"), new FigureAxis("Pages so far"),
                [new FigureSeries("footprint", [.. Thinned(curves.Footprint).Select(point => new FigurePoint(point.References, point.Pages))])]));
        }
        return new FigureGrid
        {
            Title = $"{Path.GetFileName(trace)}: {curves.References:N0} references to {(isExact ? "" : "about ")}{curves.Pages:N0} pages",
            Panels = panels,
            SharesAxes = false,
            Note = isExact ? null : $"From {curves.Sample!.SampledPages:N0} sampled pages, a share of {curves.Sample.Rate:0.####}; the band is the estimate's error at 95 %.",
        };
    }

    private static FigureAxis Logarithmic(string title) => new(title, Scale: FigureScale.Log10);

    private static Figure Panel(string title, FigureAxis x, FigureAxis y, IReadOnlyList<FigureSeries> series) =>
        new() { Title = title, XAxis = x, YAxis = y, Series = series, Kind = FigureKind.Lines };

    private static FigurePoint WithBand(MissRatioPoint point, bool hasBand) =>
        hasBand ? new FigurePoint(point.Frames, point.MissRatio, point.Low, point.High) : new FigurePoint(point.Frames, point.MissRatio);

    /// <summary>Some of a curve's points, by ratio of their places: the first and the last, and what is between as dense on a logarithmic axis.</summary>
    private static IEnumerable<TPoint> Thinned<TPoint>(IReadOnlyList<TPoint> curve) => Enumerable.Range(0, PointsPerCurve)
        .Select(step => (int)System.Math.Round(System.Math.Pow(curve.Count, (double)step / (PointsPerCurve - 1))) - 1).Distinct().Select(index => curve[index]);
}
