using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sim.Lab.Experiments;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Figures;

/// <summary>
/// Makes figures of a study's runs. A point is the mean over the replications of one parameter point, never a mean over points: where
/// further parameters vary, each combination becomes a series of its own, named after what varies.
/// </summary>
public static class StudyFigures
{
    private const string FolderName = "figures";

    /// <summary>Makes a figure.</summary>
    /// <exception cref="ResultsException">The study has no such parameter or metric.</exception>
    public static StudyFigure Create(Study study, FigureSpec spec)
    {
        var plan = new FigurePlan(study, spec);
        if (spec.Facet is null) return new StudyFigure(spec, Plot(plan, study.Points, plan.Title));
        Figure[] panels =
        [
            .. study.Points.GroupBy(point => point.Text(spec.Facet))
                .Select(facet => Plot(plan, [.. facet], $"{StudyAxes.LastPart(spec.Facet)} = {facet.Key}")),
        ];
        return new StudyFigure(spec, new FigureGrid
        {
            Title = plan.Title,
            Panels = panels,
            Columns = panels.Length is 3 or > 4 ? 3 : 2,
            LegendTitle = plan.LegendTitle,
            Note = plan.Note,
        });
    }

    /// <summary>Writes the figures as figures/NN-y-vs-x.svg below a study's results, in their order, and removes those of earlier runs.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public static IReadOnlyList<string> Write(string studyFolder, IReadOnlyList<StudyFigure> figures)
    {
        string folder = Path.Combine(studyFolder, FolderName);
        string[] files = [.. figures.Select((figure, index) => Path.Combine(folder, FileName(index, figure.Spec)))];
        foreach (var (file, figure) in files.Zip(figures)) figure.Write(file);
        if (!Directory.Exists(folder)) return files;
        foreach (string stale in Directory.GetFiles(folder, "??-*-vs-*.svg").Except(files)) AtomicFile.Remove(stale);
        return files;
    }

    private static string FileName(int index, FigureSpec spec)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{index + 1:00}-{spec.Y}-vs-{spec.X}.svg");
        return string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-'));
    }

    private static Figure Plot(FigurePlan plan, IReadOnlyList<ParameterPoint> points, string title) => new()
    {
        Title = title,
        XAxis = plan.XAxis,
        YAxis = plan.YAxis,
        LegendTitle = plan.LegendTitle,
        Note = plan.Note,
        Series = [.. points.GroupBy(plan.SeriesOf).Select(series => new FigureSeries(series.Key, [.. series.Select(point => PointOf(plan, point))]))],
    };

    private static FigurePoint PointOf(FigurePlan plan, ParameterPoint point)
    {
        ConfidenceInterval interval = point.Metric(plan.Spec.Y);
        return plan.XAxis.Format == FigureFormat.Category
            ? new FigurePoint(point.Text(plan.Spec.X), interval.Mean, interval.Low, interval.High)
            : new FigurePoint(point.Number(plan.Spec.X), interval.Mean, interval.Low, interval.High);
    }
}
