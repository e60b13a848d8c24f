using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Experiments;
using Sim.Lab.Figures;
using Sim.Lab.Report;

namespace Sim.Lab.Results;

/// <summary>
/// A study's results as its Parquet files have them: for notebooks, figures and reports. Tables are read when they are first asked for.
/// </summary>
public sealed class Study
{
    private readonly RunColumns _columns;
    private readonly Lazy<IReadOnlyList<OfRun<SeriesRow>>> _series;
    private readonly Lazy<IReadOnlyList<OfRun<ProcessRow>>> _processes;
    private readonly Lazy<IReadOnlyList<OfRun<HistogramRow>>> _histograms;
    private readonly Lazy<IReadOnlyList<OfRun<FaultKindRow>>> _faultKinds;
    private readonly Lazy<IReadOnlyList<OfRun<FaultRow>>> _faults;
    private readonly Lazy<IReadOnlyList<OfRun<SnapshotRow>>> _snapshots;

    private Study(string folder, string name, string digest, IReadOnlyList<RunRow> runs, RunColumns columns, StudyParts parts)
    {
        Folder = folder;
        Name = name;
        Digest = digest;
        Runs = runs;
        _columns = columns;
        Points = Aggregation.Points(runs);
        Varying = Aggregation.Varying(columns.Parameters, runs);
        _series = new(parts.Series);
        _processes = new(parts.Processes);
        _histograms = new(parts.Histograms);
        _faultKinds = new(parts.FaultKinds);
        _faults = new(parts.Faults);
        _snapshots = new(parts.Snapshots);
    }

    /// <summary>The folder of the results.</summary>
    public string Folder { get; }

    /// <summary>The study's name.</summary>
    public string Name { get; }

    /// <summary>A hash of all runs in the files: equal digests are equal results.</summary>
    public string Digest { get; }

    /// <summary>The runs in the study's order.</summary>
    public IReadOnlyList<RunRow> Runs { get; }

    /// <summary>The runs, those that differ by replication only together.</summary>
    public IReadOnlyList<ParameterPoint> Points { get; }

    /// <summary>The parameters that the study sets.</summary>
    public IReadOnlyList<ParameterColumn> Parameters => _columns.Parameters;

    /// <summary>The summary metrics that the files hold.</summary>
    public IReadOnlyList<string> Metrics => _columns.Metrics;

    /// <summary>Those of them that differ between these runs.</summary>
    public IReadOnlyList<ParameterColumn> Varying { get; }

    /// <summary>The machine over simulated time.</summary>
    public IReadOnlyList<OfRun<SeriesRow>> Series => _series.Value;

    /// <summary>The processes of the runs.</summary>
    public IReadOnlyList<OfRun<ProcessRow>> Processes => _processes.Value;

    /// <summary>The buckets of the runs' histograms.</summary>
    public IReadOnlyList<OfRun<HistogramRow>> Histograms => _histograms.Value;

    /// <summary>The faults of the runs by error code, cause and outcome.</summary>
    public IReadOnlyList<OfRun<FaultKindRow>> FaultKinds => _faultKinds.Value;

    /// <summary>Every page fault; empty unless the study asked for them.</summary>
    public IReadOnlyList<OfRun<FaultRow>> Faults => _faults.Value;

    /// <summary>Memory in the forms of /proc; empty unless the study asked for it.</summary>
    public IReadOnlyList<OfRun<SnapshotRow>> Snapshots => _snapshots.Value;

    /// <summary>Opens the results in a folder.</summary>
    /// <exception cref="ResultsException">There are none, or they are damaged; the message says what to run.</exception>
    public static Study Open(string folder)
    {
        var files = new StudyFiles(folder);
        using TableFile file = files.OpenRuns();
        RunColumns columns = RunTable.ColumnsOf(file.Schema, folder);
        IReadOnlyList<RunRow> runs = RunTable.Read(file, columns);
        return new Study(folder, file.Metadata(TableMetadata.Study), file.Metadata(TableMetadata.Runs), runs, columns, files.Parts(new RunKey(runs)));
    }

    /// <summary>The same study with some of its runs, in all tables.</summary>
    public Study Where(Func<RunRow, bool> isWanted)
    {
        RunRow[] runs = [.. Runs.Where(isWanted)];
        HashSet<RunRow> wanted = [.. runs];
        IReadOnlyList<OfRun<TRow>> Of<TRow>(IReadOnlyList<OfRun<TRow>> rows) => [.. rows.Where(row => wanted.Contains(row.Run))];
        return new Study(Folder, Name, Digest, runs, _columns, new StudyParts(() => Of(Series), () => Of(Processes), () => Of(Histograms), () => Of(FaultKinds), () => Of(Faults),
            () => Of(Snapshots)));
    }

    /// <summary>A figure of these runs: means over replications, with 95 % intervals.</summary>
    /// <param name="x">A parameter's key or column.</param>
    /// <param name="y">A metric's name.</param>
    /// <param name="series">The parameter that makes the lines.</param>
    /// <param name="facet">The parameter that makes small multiples.</param>
    /// <param name="title">The title; made of the rest, if null.</param>
    /// <param name="xScale">linear, log2, log10; what the values suggest, if null.</param>
    /// <param name="yScale">The same for y.</param>
    /// <exception cref="ResultsException">There is no such parameter or metric.</exception>
    public StudyFigure Figure(
        string x, string y, string? series = null, string? facet = null, string? title = null, string? xScale = null, string? yScale = null) =>
        StudyFigures.Create(this, new FigureSpec(x, y, series, facet, title, xScale, yScale));

    /// <summary>A table with a row for each point: what varies, and metrics with their intervals; the headline metrics, if none are named.</summary>
    /// <exception cref="ResultsException">There is no such metric.</exception>
    public SummaryTable Summary(params string[] metrics) => SummaryTable.Of(this, metrics);

    /// <summary>What the values of a parameter change against one of them, replication by replication.</summary>
    /// <inheritdoc cref="StudyComparison.Of"/>
    public StudyComparison Compare(string? parameter = null, string? baseValue = null, string metric = "fault_rate") => StudyComparison.Of(this, parameter, baseValue, metric);

    /// <summary>What a metric's variance over the runs comes from.</summary>
    /// <inheritdoc cref="StudyEffects.Of"/>
    public StudyEffects Effects(string metric = "fault_rate") => StudyEffects.Of(this, metric);

    public override string ToString() => $"{Name}: {Runs.Count} runs, {Points.Count} points";
}
