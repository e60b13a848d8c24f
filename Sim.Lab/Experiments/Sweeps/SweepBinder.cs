using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Experiments.Documents;
using Sim.Lab.Results;

namespace Sim.Lab.Experiments.Sweeps;

/// <summary>Binds sweep: the axes of the grid.</summary>
internal static class SweepBinder
{
    private static readonly string[] Sections = ["machine", "policies", "workload", "warmup"];

    /// <summary>The axes, the slowest first. The setting is null where the study sweeps nothing.</summary>
    public static IReadOnlyList<SweepAxis> Bind(Setting? setting) =>
        setting is null ? [] : [.. setting.Map().Node.Entries.Select(entry => Axis(entry, setting.Scope))];

    private static SweepAxis Axis(MapEntry entry, BindScope scope)
    {
        string section = entry.Key.Split('.', '[')[0];
        if (!Sections.Contains(section))
            throw entry.KeyMark.Error($"'{entry.Key}' cannot be swept: it is not below {string.Join(", ", Sections)}; {NearestName.Suggest(section, Sections)}");
        var setting = new Setting(entry.Value, "sweep." + entry.Key, scope);
        IReadOnlyList<Node> nodes = entry.Value switch
        {
            ListNode => [.. setting.Items().Select(item => item.Node)],
            MapNode => SweepRange.Values(setting),
            _ => throw setting.Error("a list of values is expected, or a range: {from: 1, to: 8, steps: 8}"),
        };
        SweepValue[] values = [.. nodes.Select(node => new SweepValue(node, TextOf(entry.Key, node, scope)))];
        foreach (var (index, value) in values.Index())
        {
            if (values.Take(index).FirstOrDefault(other => IsSame(entry.Key, other, value)) is { } earlier)
                throw value.Node.Mark.Error($"sweep.{entry.Key}: '{value.Text}' stands there twice{(earlier.Text == value.Text ? "" : $", first as '{earlier.Text}'")}; every value makes a point of its own");
        }
        return new SweepAxis(entry.Key, new NodePath(entry.Key, entry.KeyMark), values);
    }

    private static string TextOf(string key, Node node, BindScope scope)
    {
        string[] parts = key.Split('.');
        bool isPolicy = parts is ["policies", _] && PolicyBinder.Points.Any(point => point.Key == parts[1]);
        return isPolicy ? PolicyBinder.Choose(parts[1], new Setting(node, key, scope)).ToString() : NodeText.Shown(node);
    }

    private static bool IsSame(string key, SweepValue left, SweepValue right)
    {
        ParameterValue one = ParameterValue.Of(key, left.Text), other = ParameterValue.Of(key, right.Text);
        return left.Text == right.Text || (one.Kind != ParameterKind.Text && one.Kind == other.Kind && one.Number == other.Number);
    }
}
