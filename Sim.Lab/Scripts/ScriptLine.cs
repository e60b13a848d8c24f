using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sim.Lab.Scripts;

/// <summary>One line of a script: a JSON object, and where it stands.</summary>
internal sealed class ScriptLine
{
    private readonly string _file;

    public ScriptLine(string file, long number, string text)
    {
        (_file, Number) = (file, number);
        try
        {
            Json = JsonNode.Parse(text) as JsonObject ?? throw Error("a line is a JSON object, such as {\"i\":0,\"op\":\"munmap\",\"a\":0,\"n\":1}");
            // A key that stands twice is found when the members are first asked for.
            _ = Json.Count;
            Json.ContainsKey("");
        }
        catch (JsonException e)
        {
            throw Error($"not JSON at byte {e.BytePositionInLine}; a line is one object, such as {{\"i\":0,\"op\":\"munmap\",\"a\":0,\"n\":1}}");
        }
        catch (System.ArgumentException)
        {
            throw Error("a key stands twice; each may stand once");
        }
    }

    private ScriptLine(string file, long number, JsonObject json) => (_file, Number, Json) = (file, number, json);

    /// <summary>The line, from 1.</summary>
    public long Number { get; }

    /// <summary>What it says.</summary>
    public JsonObject Json { get; }

    /// <summary>A whole number, between two bounds; the default where the key is absent, or an error where there is none.</summary>
    public long Whole(string key, long least, long most, long? standard = null)
    {
        if (Json[key] is not { } node)
            return standard ?? throw Error($"there is no '{key}'; it is a whole number");
        if (node is not JsonValue value || !value.TryGetValue(out long number)) throw Error($"'{key}' is {Shown(node)}, not a whole number");
        return number >= least && number <= most ? number : throw Error($"'{key}' is {number}; it must lie between {least} and {most}");
    }

    /// <summary>A text; the default where the key is absent, or an error where there is none.</summary>
    public string Text(string key, string? standard = null)
    {
        if (Json[key] is not { } node) return standard ?? throw Error($"there is no '{key}'; it is a text");
        return node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Error($"'{key}' is {Shown(node)}, not a text");
    }

    /// <summary>An object inside this one, on the same line.</summary>
    public ScriptLine Part(JsonNode? node) => node is JsonObject inner ? new ScriptLine(_file, Number, inner) : throw Error("something in a list is no JSON object");

    /// <summary>The error that points here.</summary>
    public ScriptException Error(string problem) => new(_file, Number, problem);

    private static string Shown(JsonNode node)
    {
        string text = node.ToJsonString();
        return text.Length <= 40 ? text : text[..40] + "...";
    }
}
