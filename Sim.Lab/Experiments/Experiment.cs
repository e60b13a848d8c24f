using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Sim.Core.Contracts;
using Sim.Lab.Catalogue;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Experiments.Documents;
using Sim.Lab.Experiments.Sweeps;

namespace Sim.Lab.Experiments;

/// <summary>A study that was read and found able to run: every point of it has been bound.</summary>
public sealed class Experiment
{
    private const int MostRuns = 100_000;
    private readonly MapNode _root;
    private readonly BindScope _scope;
    private readonly SweepGrid _grid;
    private readonly Lock _lock = new();
    private PointBinding? _last;

    private Experiment(string file, MapNode root, PolicyCatalogue catalogue)
    {
        File = file;
        Name = Path.GetFileNameWithoutExtension(file);
        _root = root;
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        _scope = new BindScope(catalogue, new TraceStore(file), new ModelTrials());
        var map = new MapReader(root, "", _scope with { Keys = keys });
        Description = map.Find("description")?.Text() ?? "";
        Seed = map.Find("seed")?.Whole(0, long.MaxValue / 2) ?? 1;
        Setting? replications = map.Find("replications"), precision = map.Find("precision");
        map.Find("warmup"); // messages name it before the machine, as the reference does
        foreach (string section in RunIdentity.Sections) map.Find(section);
        Setting? sweep = map.Find("sweep"), figures = map.Find("figures");
        map.Close();
        map.Exclude("replications", "precision");
        Replications = ReplicationBinder.Bind(replications, precision);
        IReadOnlyList<SweepAxis> axes = SweepBinder.Bind(sweep);
        SweptKeys = [.. axes.Select(axis => axis.Key)];
        _grid = new SweepGrid(axes);
        if (_grid.Size * Replications.Maximum > MostRuns)
            throw (sweep ?? replications ?? precision)!.Error($"{_grid.Size:0} points with up to {Replications.Maximum} replications are more than {MostRuns} runs");
        Points = [.. _grid.Points()];
        // The keys are noted once: the points differ in values, and those of one study ask for the same keys.
        PointBinding first = BindPoint(Points[0], _scope with { Keys = keys });
        Figures = FigureBinder.Bind(figures, RunParameters.Of(first.Root, first.Run, first.Point));
        foreach (StudyPoint point in Points.Skip(1)) BindPoint(point, _scope);
        KnownKeys = keys;
    }

    /// <summary>The study's name: its file's stem.</summary>
    public string Name { get; }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>What the study is about, or nothing.</summary>
    public string Description { get; }

    /// <summary>The seed of everything random.</summary>
    public long Seed { get; }

    /// <summary>How often each point is run.</summary>
    public ReplicationPlan Replications { get; }

    /// <summary>The points of the grid, the first swept key changing slowest.</summary>
    public IReadOnlyList<StudyPoint> Points { get; }

    /// <summary>The swept keys, in the study's order.</summary>
    public IReadOnlyList<string> SweptKeys { get; }

    /// <summary>Policies that came in files of the user's own, by point/name, with the SHA-256 of the file.</summary>
    public IReadOnlyDictionary<string, string> PolicyFiles => PolicyFile.HashesIn(_scope.Catalogue);

    /// <summary>The figures that the study asks for.</summary>
    public IReadOnlyList<FigureSpec> Figures { get; }

    /// <summary>Every key that this study could have had, as far as its own maps reach: workload.program.access.count.</summary>
    internal IReadOnlySet<string> KnownKeys { get; }

    /// <summary>Reads a study. Throws a <see cref="StudyException"/> at the first thing that could not run.</summary>
    /// <param name="file">The study.</param>
    /// <param name="overrides">key=value, each in place of what the study says.</param>
    /// <param name="catalogue">The policies that there are.</param>
    public static Experiment Load(string file, IEnumerable<string> overrides, PolicyCatalogue catalogue)
    {
        Node document = YamlText.ReadFile(file);
        if (document is not MapNode root) throw document.Mark.Error("a study is a map of keys: machine, policies, workload");
        return new Experiment(file, Overrides.Apply(root, overrides), catalogue);
    }

    /// <summary>A run of the study. May be asked for from several threads.</summary>
    public RunSpec RunOf(StudyPoint point, int replication)
    {
        PointBinding bound;
        lock (_lock)
        {
            bound = _last?.Point.Index == point.Index ? _last : _last = BindPoint(point, _scope);
        }
        return new RunSpec(bound.Run, RunIdentity.ConfigurationOf(bound.Root, bound.Run), point, replication, Seed,
            RunParameters.Of(bound.Root, bound.Run, point));
    }

    private PointBinding BindPoint(StudyPoint point, BindScope scope)
    {
        MapNode root = _grid.Fill(_root, point.Index);
        return new PointBinding(point, root, StudyBinder.Bind(root, scope));
    }

    /// <summary>A point, its document, and what that means.</summary>
    private sealed record PointBinding(StudyPoint Point, MapNode Root, BoundRun Run);
}
