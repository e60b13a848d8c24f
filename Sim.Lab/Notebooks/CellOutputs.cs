using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sim.Lab.Notebooks;

/// <summary>What one cell has shown so far, as nbformat outputs in order of appearance.</summary>
internal sealed class CellOutputs
{
    private readonly object _gate = new();
    private readonly List<JsonObject> _outputs = [];
    private readonly int _number;
    private string _text = "";

    public CellOutputs(int number)
    {
        _number = number;
    }

    /// <summary>Text written to a standard stream; what follows text of the same stream continues it.</summary>
    public void Write(string stream, string text)
    {
        lock (_gate)
        {
            bool continues = _outputs.Count > 0 && (string?)_outputs[^1]["name"] == stream;
            _text = continues ? _text + text : text;
            if (!continues)
            {
                _outputs.Add(new JsonObject { ["name"] = stream, ["output_type"] = "stream" });
            }

            _outputs[^1]["text"] = Lines(_text);
        }
    }

    /// <summary>A value shown by the cell's code; the result names it for <see cref="Replace"/>.</summary>
    public int Display(MimeText shown)
    {
        lock (_gate)
        {
            _outputs.Add(new JsonObject { ["data"] = Data(shown), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" });
            return _outputs.Count - 1;
        }
    }

    /// <summary>Changes a value already shown.</summary>
    public void Replace(int index, MimeText shown)
    {
        lock (_gate)
        {
            _outputs[index]["data"] = Data(shown);
        }
    }

    /// <summary>The value of the cell itself.</summary>
    public void Result(MimeText shown)
    {
        lock (_gate)
        {
            _outputs.Add(new JsonObject
            {
                ["data"] = Data(shown),
                ["execution_count"] = _number,
                ["metadata"] = new JsonObject(),
                ["output_type"] = "execute_result",
            });
        }
    }

    public JsonArray ToJson()
    {
        lock (_gate)
        {
            return [.. _outputs];
        }
    }

    // JSON forms stand as JSON, all others as lists of lines.
    private static JsonObject Data(MimeText shown)
    {
        bool isJson = shown.MimeType.EndsWith("json", System.StringComparison.Ordinal);
        return new JsonObject { [shown.MimeType] = isJson ? Parse(shown.Text) : Lines(shown.Text) };
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return Lines(text);
        }
    }

    private static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
