using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Core.Contracts;

namespace Sim.Lab.Experiments.Documents;

/// <summary>
/// Sets a value somewhere in a document. A path goes through maps by key; through a list by number, by the name of a process or kernel thread, or by a step's key
/// with a number where there are several; and into a choice that is written as text. Keys that are absent are added: whether they may stand
/// there is for the binder to say.
/// </summary>
internal sealed class NodePath
{
    private readonly string _path;
    private readonly SourceMark _mark;
    private readonly IReadOnlyList<PathSegment> _segments;

    /// <summary>A path as it is written at <paramref name="mark"/>.</summary>
    public NodePath(string path, SourceMark mark)
    {
        _path = path;
        _mark = mark;
        _segments = PathSegment.Split(path, mark);
    }

    /// <summary>A copy of <paramref name="root"/> with the value at the path. Throws where the path leads nowhere.</summary>
    public Node Set(Node root, Node value) => Set(root, 0, value);

    private Node Set(Node node, int at, Node value)
    {
        if (at == _segments.Count) return value;
        PathSegment segment = _segments[at];
        return node switch
        {
            MapNode map => SetInMap(map, segment, at, value),
            ListNode list => SetInList(list, segment, at, value),
            _ => SetInScalar((ScalarNode)node, segment, at, value),
        };
    }

    private MapNode SetInMap(MapNode map, PathSegment segment, int at, Node value)
    {
        Node? present = map.Find(segment.Name)?.Value;
        if (present is null && segment.Indexes.Count > 0) throw NoSuch(segment.Name, at, map.Entries.Select(entry => entry.Key));
        Node inner = present ?? new MapNode(_mark, []);
        return map.With(segment.Name, _mark, SetAtIndexes(inner, segment.Indexes, 0, at, value));
    }

    private Node SetAtIndexes(Node node, IReadOnlyList<int> indexes, int number, int at, Node value)
    {
        if (number == indexes.Count) return Set(node, at + 1, value);
        string owner = string.Join('.', _segments.Take(at + 1).Select(segment => segment.Name));
        if (node is not ListNode list) throw _mark.Error($"'{_path}': {owner} is not a list that [{indexes[number]}] could count");
        Check(list, indexes[number], owner);
        return list.With(indexes[number], SetAtIndexes(list.Items[indexes[number]], indexes, number + 1, at, value));
    }

    private ListNode SetInList(ListNode list, PathSegment segment, int at, Node value)
    {
        if (int.TryParse(segment.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            Check(list, number, Before(at));
            return list.With(number, SetAtIndexes(list.Items[number], segment.Indexes, 0, at, value));
        }
        int[] processes = Indexes(list, item => ProcessOf(item) == segment.Name);
        if (processes.Length > 0) return list.With(processes[0], SetAtIndexes(list.Items[processes[0]], segment.Indexes, 0, at, value));
        int[] steps = Indexes(list, item => StepOf(item) == segment.Name);
        if (steps.Length == 0) throw NoSuch(segment.Name, at, list.Items.Select(item => ProcessOf(item) ?? StepOf(item)).OfType<string>().Distinct());
        if (segment.Indexes.Count == 0 && steps.Length > 1)
            throw _mark.Error($"'{_path}': {Before(at)} has {steps.Length} steps '{segment.Name}'; say which: {segment.Name}[0] to {segment.Name}[{steps.Length - 1}]");
        int which = segment.Indexes.Count == 0 ? 0 : segment.Indexes[0];
        if (which >= steps.Length) throw _mark.Error($"'{_path}': {Before(at)} has {steps.Length} steps '{segment.Name}', counted from 0");
        if (list.Items[steps[which]] is not MapNode step) throw _mark.Error($"'{_path}': '{segment.Name}' has nothing that could be set");
        MapEntry entry = step.Entries[0];
        Node changed = SetAtIndexes(entry.Value, segment.Indexes, System.Math.Min(1, segment.Indexes.Count), at, value);
        return list.With(steps[which], step.With(entry.Key, entry.KeyMark, changed));
    }

    /// <summary>clock, or clock(set-on-load=false), is entered as a map when the path goes on with its name.</summary>
    private Node SetInScalar(ScalarNode scalar, PathSegment segment, int at, Node value)
    {
        string name = scalar.Text.Split('(')[0].Trim();
        if (scalar.Text.Length == 0) return SetInMap(new MapNode(scalar.Mark, []), segment, at, value);
        if (name == segment.Name) return SetInMap(ChoiceText.ToMap(scalar, Before(at)), segment, at, value);
        throw _mark.Error($"'{_path}': {Before(at)} is '{scalar.Text}', which has no '{segment.Name}'"
            + (at == 0 ? "" : $"; write it as a map to set {segment.Name} in it"));
    }

    private void Check(ListNode list, int index, string owner)
    {
        if (index >= list.Items.Count) throw _mark.Error($"'{_path}': {owner} has {list.Items.Count} items, counted from 0");
    }

    private StudyException NoSuch(string name, int at, IEnumerable<string> names) =>
        _mark.Error($"'{_path}' leads nowhere: {(at == 0 ? "the study" : Before(at))} has no '{name}'; {NearestName.Suggest(name, names)}");

    private string Before(int at) => at == 0 ? "the study" : string.Join('.', _path.Split('.').Take(at));

    private static string? ProcessOf(Node item) => item is MapNode map && (map.Find("process") ?? map.Find("kernel-thread"))?.Value is ScalarNode name ? name.Text : null;

    private static string? StepOf(Node item) => item switch
    {
        MapNode { Entries: [var entry] } => entry.Key,
        ScalarNode word => word.Text,
        _ => null,
    };

    private static int[] Indexes(ListNode list, System.Func<Node, bool> matches) =>
        [.. list.Items.Index().Where(pair => matches(pair.Item)).Select(pair => pair.Index)];
}
