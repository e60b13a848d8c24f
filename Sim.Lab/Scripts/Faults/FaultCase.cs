using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;

namespace Sim.Lab.Scripts.Faults;

/// <summary>One case on the model: its processes, by name, and what each operation does.</summary>
internal sealed class FaultCase
{
    private const int MostProcesses = 15;
    private static readonly ByteSize Memory = new(24L << 30);
    private readonly PagedKernel _kernel;
    private readonly RecordedFiles _files;
    private readonly SortedDictionary<int, RecorderProcess> _processes = [];

    /// <summary>A case with its root process.</summary>
    public FaultCase(AddressSpacePolicies policies)
    {
        _kernel = new PagedKernel(policies, Memory);
        _files = new RecordedFiles(_kernel);
        _processes.Add(0, new RecorderProcess(_kernel, _files.Open()));
        Initial = _processes[0].State();
        RecorderProcess child = _processes[0].Fork();
        InitialChild = child.State();
        child.Exit();
    }

    /// <summary>The root process before any operation.</summary>
    public RecordedState Initial { get; }

    /// <summary>A child of it before any operation.</summary>
    public RecordedState InitialChild { get; }

    /// <summary>Executes an operation and returns what the recorder would have noted; nothing of one that an outside process made on a file.</summary>
    public JsonObject Execute(ScriptLine line)
    {
        string name = line.Text("p"), op = line.Text("op");
        if (name == "c")
        {
            if (!RecordedFiles.Operations.Contains(op)) throw line.Error($"there is no operation '{op}' on files; {NearestName.Suggest(op, RecordedFiles.Operations)}");
            _files.Apply(_kernel, op, (int)line.Whole("f", 0, RecordedFiles.Count - 1));
            return [];
        }
        if (!FaultScript.Operations.Contains(op)) throw line.Error($"there is no operation '{op}'; {NearestName.Suggest(op, FaultScript.Operations)}");
        int number = Number(line, name);
        if (!_processes.TryGetValue(number, out RecorderProcess? process)) throw line.Error($"there is no process '{name}' now");
        (long minor, long major) = process.Faults;
        long value = 0;
        int error = 0;
        switch (op)
        {
            case "touch":
                long first = line.Whole("a", -MostPages, MostPages), step = line.Whole("step", -MostPages, MostPages, 1);
                process.Touch(line, Enumerable.Range(0, (int)line.Whole("n", 0, 1 << 24)).Select(i => first + i * step));
                break;
            case "touchl":
                process.Touch(line, Pages(line));
                break;
            case "fork":
                int child = (int)line.Whole("child", 1, MostProcesses);
                if (_processes.ContainsKey(child)) throw line.Error($"there is a process p{child} already");
                _processes.Add(child, process.Fork());
                (minor, major) = process.Faults;
                break;
            case "exit":
                process.Exit();
                _processes.Remove(number);
                (minor, major) = process.Faults;
                break;
            default:
                (value, error) = process.Call(line);
                break;
        }
        _kernel.FinishRequests();
        var after = new JsonObject();
        foreach ((int other, RecorderProcess live) in _processes) after[string.Create(CultureInfo.InvariantCulture, $"p{other}")] = live.State().ToJson();
        (long minorNow, long majorNow) = process.Faults;
        return new JsonObject { ["ret"] = value, ["err"] = error, ["dmin"] = minorNow - minor, ["dmaj"] = majorNow - major, ["after"] = after };
    }

    private const long MostPages = 1L << 36;

    private static int Number(ScriptLine line, string name) =>
        name.StartsWith('p') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostProcesses
            ? number
            : throw line.Error($"'p' is '{name}'; processes are p0 to p{MostProcesses}, and c is the one outside");

    private static IEnumerable<long> Pages(ScriptLine line)
    {
        if (line.Json["pages"] is not JsonArray pages) throw line.Error("'pages' is no list of page numbers, such as [0,4]");
        foreach (JsonNode? node in pages)
        {
            if (node is not JsonValue value || !value.TryGetValue(out long page)) throw line.Error("'pages' holds something that is no page number");
            yield return page;
        }
    }
}
