using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sim.Core.AddressSpaces;

namespace Sim.Lab.Scripts.Faults;

/// <summary>
/// Executes recordings of faults, forks and files, a JSON object a case: `case`, `thp`, `init`, `init_child`, and `ops` with an `expect` each. Cases that
/// were recorded with transparent huge pages, which are not modelled, are left out and named.
/// </summary>
internal static class FaultScript
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What processes do.</summary>
    public static IReadOnlyList<string> Operations { get; } =
        ["touch", "touchl", "mmap", "munmap", "mprotect", "mremap", "madvise", "mlock", "munlock", "msync", "brk", "fork", "exit"];

    /// <summary>Runs every case and compares what the file expects.</summary>
    public static ScriptReport Compare(string path, AddressSpacePolicies policies)
    {
        int cases = 0, operations = 0, operationsExact = 0;
        var failures = new List<ScriptDifference>();
        var skipped = new List<string>();
        foreach (ScriptLine line in ScriptFile.Lines(path))
        {
            string name = line.Text("case");
            if (IsSkipped(line))
            {
                skipped.Add(name);
                continue;
            }
            cases++;
            var run = new FaultCase(policies);
            ScriptDifference? first = null;
            foreach ((string key, RecordedState state) in new[] { ("init", run.Initial), ("init_child", run.InitialChild) })
            {
                if (line.Json[key] is JsonObject expected && !JsonNode.DeepEquals(expected, state.ToJson()))
                    first ??= new ScriptDifference(name, line.Number, key, "", "", [Text(key, expected)], [Text(key, state.ToJson())]);
            }
            foreach (ScriptLine op in OperationsOf(line))
            {
                JsonObject simulated = run.Execute(op);
                if (op.Json["expect"] is not JsonObject expected) continue;
                operations++;
                if (IsRecorded(op, expected, simulated)) operationsExact++;
                else first ??= Difference(name, op, expected, simulated);
            }
            if (first is not null) failures.Add(first);
        }
        return new ScriptReport(path, cases, cases - failures.Count, operations, operationsExact, failures) { Skipped = skipped };
    }

    /// <summary>The cases with the simulated values in the place of any that they hold.</summary>
    public static IEnumerable<string> Emit(string path, AddressSpacePolicies policies)
    {
        foreach (ScriptLine line in ScriptFile.Lines(path))
        {
            var emitted = (JsonObject)line.Json.DeepClone();
            if (IsSkipped(line))
            {
                foreach (JsonNode? op in (emitted["ops"] as JsonArray)!) Strip((JsonObject)op!);
                emitted.Remove("init");
                emitted.Remove("init_child");
                emitted["skipped"] = "transparent huge pages are not modelled";
            }
            else
            {
                var run = new FaultCase(policies);
                var ops = new JsonArray();
                foreach (ScriptLine op in OperationsOf(line))
                {
                    var copy = (JsonObject)op.Json.DeepClone();
                    Strip(copy);
                    copy["expect"] = run.Execute(op);
                    ops.Add(copy);
                }
                emitted.Remove("ops");
                emitted["init"] = run.Initial.ToJson();
                emitted["init_child"] = run.InitialChild.ToJson();
                emitted["ops"] = ops;
            }
            yield return emitted.ToJsonString(Compact);
        }
    }

    private static bool IsSkipped(ScriptLine line) => line.Whole("thp", 0, 1, 0) == 1;

    private static void Strip(JsonObject operation)
    {
        operation.Remove("expect");
        operation.Remove("varies");
    }

    private static List<ScriptLine> OperationsOf(ScriptLine line)
    {
        if (line.Json["ops"] is not JsonArray array) throw line.Error("'ops' is no list of operations");
        return [.. array.Select(node => line.Part(node))];
    }

    /// <summary>
    /// Whether an operation did what was recorded, in one of the repetitions if these differed. `vmstat`, which counts for the whole machine that was
    /// recorded, is not compared.
    /// </summary>
    private static bool IsRecorded(ScriptLine op, JsonObject expected, JsonObject simulated)
    {
        var own = (JsonObject)expected.DeepClone();
        own.Remove("vmstat");
        if (JsonNode.DeepEquals(own, simulated)) return true;
        if (op.Json["varies"] is not JsonArray others) return false;
        var bare = (JsonObject)simulated.DeepClone();
        bare.Remove("ret");
        return others.Any(other => JsonNode.DeepEquals(other, bare));
    }

    private static ScriptDifference Difference(string name, ScriptLine op, JsonObject expected, JsonObject simulated)
    {
        var operation = (JsonObject)op.Json.DeepClone();
        Strip(operation);
        return new ScriptDifference(name, op.Number, operation.ToJsonString(Compact), Head(expected), Head(simulated), After(expected), After(simulated));
    }

    private static string Head(JsonObject values) =>
        string.Join(' ', values.Where(pair => pair.Value is not JsonObject || pair.Key != "after").Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}"));

    private static List<string> After(JsonObject values) =>
        values["after"] is JsonObject after ? [.. after.Select(process => Text(process.Key, process.Value as JsonObject ?? []))] : [];

    private static string Text(string name, JsonObject values) => name + " " + string.Join(' ', values.Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}"));
}
