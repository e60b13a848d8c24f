using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Sweeps;

/// <summary>The points of a study: every combination of its axes' values.</summary>
internal sealed class SweepGrid
{
    private readonly IReadOnlyList<SweepAxis> _axes;

    /// <summary>The grid of some axes, the slowest first. Without any there is one point.</summary>
    public SweepGrid(IReadOnlyList<SweepAxis> axes)
    {
        _axes = axes;
        Size = axes.Aggregate(1.0, (size, axis) => size * axis.Values.Count);
    }

    /// <summary>Points in the grid; a real number, since it may be too large for any other.</summary>
    public double Size { get; }

    /// <summary>The points in order.</summary>
    public IEnumerable<StudyPoint> Points() => Enumerable.Range(0, (int)Size).Select(index =>
        new StudyPoint(index, [.. ValuesOf(index).Select(pair => new KeyValuePair<string, string>(pair.Axis.Key, pair.Value.Text))]));

    /// <summary>The document with a point's values filled in.</summary>
    public MapNode Fill(MapNode root, int index) =>
        ValuesOf(index).Aggregate(root, (node, pair) => (MapNode)pair.Axis.Path.Set(node, pair.Value.Node));

    private IEnumerable<(SweepAxis Axis, SweepValue Value)> ValuesOf(int index)
    {
        var places = new int[_axes.Count];
        for (int axis = _axes.Count - 1; axis >= 0; axis--)
        {
            places[axis] = index % _axes[axis].Values.Count;
            index /= _axes[axis].Values.Count;
        }
        return _axes.Select((axis, number) => (axis, axis.Values[places[number]]));
    }
}
