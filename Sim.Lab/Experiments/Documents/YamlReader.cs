using System;
using System.Collections.Generic;
using System.IO;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sim.Lab.Experiments.Documents;

/// <summary>
/// Turns YAML into nodes. Built on the parser's events rather than on its document model, so that every fault, a duplicate key among them,
/// is reported with its place.
/// </summary>
internal sealed class YamlReader
{
    private const int DeepestNesting = 64;
    private readonly Parser _parser;
    private readonly Func<int, int, SourceMark> _markOf;
    private readonly Dictionary<string, Node> _anchors = [];

    private YamlReader(string text, Func<int, int, SourceMark> markOf)
    {
        _parser = new Parser(new StringReader(text));
        _markOf = markOf;
    }

    /// <summary>The one document in a text. Throws a <see cref="StudyException"/> where it is not one document.</summary>
    public static Node Read(string text, Func<int, int, SourceMark> markOf)
    {
        var reader = new YamlReader(text, markOf);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            throw reader.MarkOf(e.Start).Error("not valid YAML: " + OneLine(e.InnerException?.Message ?? e.Message));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner loses its way in some texts, such as a '[' that is never closed, without a word of its own.
            Mark last = reader._parser.Current?.End ?? Mark.Empty;
            throw reader.MarkOf(last).Error("not valid YAML from here on; is every bracket and quote closed?");
        }
    }

    private Node ReadDocument()
    {
        Expect<StreamStart>();
        if (_parser.Current is StreamEnd) throw _markOf(1, 1).Error("the document is empty; a study has the keys machine, policies and workload");
        Expect<DocumentStart>();
        Node root = ReadNode(0);
        Expect<DocumentEnd>();
        if (_parser.Current is not StreamEnd) throw MarkOf(_parser.Current!.Start).Error("a second document begins; a study is one document");
        return root;
    }

    private void Expect<TEvent>()
        where TEvent : ParsingEvent
    {
        if (_parser.Current is null) _parser.MoveNext();
        if (_parser.Current is not TEvent) throw MarkOf(_parser.Current!.Start).Error($"{typeof(TEvent).Name} expected");
        _parser.MoveNext();
    }

    private Node ReadNode(int depth)
    {
        ParsingEvent start = _parser.Current!;
        SourceMark mark = MarkOf(start.Start);
        if (depth > DeepestNesting) throw mark.Error($"nested more than {DeepestNesting} deep");
        _parser.MoveNext();
        switch (start)
        {
            case AnchorAlias alias:
                return _anchors.TryGetValue(alias.Value.Value, out Node? known) ? known : throw mark.Error($"there is no anchor '{alias.Value}'");
            case Scalar scalar:
                return Remember(scalar, new ScalarNode(mark, scalar.Value));
            case SequenceStart sequence:
                var items = new List<Node>();
                while (_parser.Current is not SequenceEnd) items.Add(ReadNode(depth + 1));
                _parser.MoveNext();
                return Remember(sequence, new ListNode(mark, items));
            case MappingStart mapping:
                Node map = ReadMap(mark, depth);
                return Remember(mapping, map);
            default:
                throw mark.Error($"{start.GetType().Name} is not expected here");
        }
    }

    private MapNode ReadMap(SourceMark mark, int depth)
    {
        var entries = new List<MapEntry>();
        var keys = new Dictionary<string, SourceMark>();
        while (_parser.Current is not MappingEnd)
        {
            SourceMark keyMark = MarkOf(_parser.Current!.Start);
            if (_parser.Current is not Scalar key) throw keyMark.Error("a key is a word, not a map or a list");
            _parser.MoveNext();
            if (!keys.TryAdd(key.Value, keyMark))
                throw keyMark.Error($"the key '{key.Value}' stands here twice; the first is at line {keys[key.Value].Line}");
            entries.Add(new MapEntry(key.Value, keyMark, ReadNode(depth + 1)));
        }
        _parser.MoveNext();
        return new MapNode(mark, entries);
    }

    private Node Remember(NodeEvent start, Node node)
    {
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = node;
        return node;
    }

    private SourceMark MarkOf(Mark mark) => _markOf((int)mark.Line, (int)mark.Column);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
