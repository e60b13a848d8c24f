using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sim.Core.AddressSpaces;
using Sim.Lab.Scripts.Faults;

namespace Sim.Lab.Scripts;

/// <summary>Executes scripts of operations on address spaces: against what was recorded, or to say what they would do.</summary>
public static class Script
{
    private static readonly string[] Expectations = ["ret", "v"];
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs every case and compares what the file expects. Throws a <see cref="ScriptException"/> where the file is no script.</summary>
    public static ScriptReport Compare(string path, AddressSpacePolicies policies)
    {
        if (ScriptFile.HoldsFaults(path)) return FaultScript.Compare(path, policies);
        int cases = 0, operations = 0, operationsExact = 0;
        var failures = new List<ScriptDifference>();
        foreach (ScriptCase script in ScriptFile.Read(path))
        {
            cases++;
            var process = new ScriptedProcess(script, policies);
            ScriptDifference? first = null;
            foreach (ScriptLine line in script.Operations)
            {
                JsonNode result = process.Execute(line);
                if (!Expectations.Any(line.Json.ContainsKey)) continue;
                operations++;
                if (Difference(script, line, line.Json["ret"], result, line.Json["v"], process.Maps(isFull: false)) is not { } difference) operationsExact++;
                else first ??= difference;
            }
            if (script.Final is { } final) first ??= Difference(script, final, null, null, final.Json["final"], process.Maps(isFull: true));
            if (first is not null) failures.Add(first);
        }
        return new ScriptReport(path, cases, cases - failures.Count, operations, operationsExact, failures);
    }

    /// <summary>The script with the simulated results and maps in the place of any that it holds, line by line.</summary>
    public static IEnumerable<string> Emit(string path, AddressSpacePolicies policies) =>
        ScriptFile.HoldsFaults(path) ? FaultScript.Emit(path, policies) : EmitMaps(path, policies);

    private static IEnumerable<string> EmitMaps(string path, AddressSpacePolicies policies)
    {
        foreach (ScriptCase script in ScriptFile.Read(path))
        {
            var process = new ScriptedProcess(script, policies);
            yield return script.Header.Json.ToJsonString(Compact);
            foreach (ScriptLine line in script.Operations)
            {
                JsonObject emitted = WithoutExpectations(line.Json);
                emitted["ret"] = process.Execute(line);
                emitted["v"] = Array(process.Maps(isFull: false));
                yield return emitted.ToJsonString(Compact);
            }
            JsonObject final = script.Final is null ? [] : (JsonObject)script.Final.Json.DeepClone();
            final["final"] = Array(process.Maps(isFull: true));
            yield return final.ToJsonString(Compact);
        }
    }

    private static ScriptDifference? Difference(ScriptCase script, ScriptLine line, JsonNode? recorded, JsonNode? simulated, JsonNode? recordedMap, List<string> map)
    {
        List<string> expected = recordedMap is null ? map : line.Json.ContainsKey("final") ? Strings(line, "final") : Strings(line, "v");
        bool isSame = recorded is null || recorded.ToJsonString() == simulated!.ToJsonString();
        if (isSame && expected.SequenceEqual(map)) return null;
        string operation = line.Json.ContainsKey("final") ? "final" : WithoutExpectations(line.Json).ToJsonString(Compact);
        return new ScriptDifference(script.Name, line.Number, operation, recorded?.ToJsonString() ?? "", simulated?.ToJsonString() ?? "", expected, map);
    }

    private static List<string> Strings(ScriptLine line, string key)
    {
        var texts = new List<string>();
        if (line.Json[key] is not JsonArray array) throw line.Error($"'{key}' is no list of mappings, such as [\"0,4,rw-p,-,0,ac\"]");
        foreach (JsonNode? node in array)
        {
            if (node is not JsonValue value || !value.TryGetValue(out string? text)) throw line.Error($"'{key}' holds something that is no text, such as \"0,4,rw-p,-,0,ac\"");
            texts.Add(text);
        }
        return texts;
    }

    private static JsonObject WithoutExpectations(JsonObject line)
    {
        var rest = (JsonObject)line.DeepClone();
        foreach (string key in Expectations) rest.Remove(key);
        return rest;
    }

    private static JsonArray Array(List<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
