using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sim.Core.Machines;
using Sim.Workloads.Programs;
using Sim.Workloads.Traces;

namespace Sim.Lab.Programs;

/// <summary>
/// Replays the recordings of a program and its descendants. A child runs when its parent learns of its end, with the children that began before it; at once
/// where it runs in its parent's memory; and otherwise after its parent's end, all by the time at which they began.
/// </summary>
public sealed class ProgramReplay
{
    private const string First = ".p0";
    private readonly ReplayedFiles _files;
    private readonly PagedKernel _kernel;
    private readonly List<RecordedProcess> _recorded = [];
    private readonly SortedDictionary<int, ReplayedProcess> _started = [];
    private readonly List<int> _waiting = [];

    private ProgramReplay(string path, ProgramSettings settings)
    {
        _kernel = new PagedKernel(settings.Policies, settings.Memory);
        _files = new ReplayedFiles(_kernel);
        foreach (string file in FilesOf(path)) _recorded.Add(RecordedProcess.Peek(file));
    }

    /// <summary>Replays the recording of a first process, NAME.p0.gz, and those of its descendants, NAME.p1.gz and on, beside it; results in that order.</summary>
    public static IReadOnlyList<ProcessFaults> Run(string path, ProgramSettings settings)
    {
        var replay = new ProgramReplay(path, settings);
        if (replay._recorded[0].Reason == RecordedProcess.Forked) throw new TraceFormatException(path, 0, "this process was forked; name the recording of the first one, NAME.p0.gz");
        var process = new ReplayedProcess(replay._kernel, replay._files, new ProgramRecording(path));
        replay._started.Add(0, process);
        replay.Run(process);
        while (replay._waiting.Count > 0) replay.RunNext();
        return [.. replay._started.Values.Select(started => started.Result)];
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        yield return path;
        string name = Path.GetFileName(path);
        int at = name.LastIndexOf(First, StringComparison.Ordinal);
        if (at < 0) yield break;
        for (int number = 1; ; number++)
        {
            string sibling = Path.Combine(Path.GetDirectoryName(path) ?? "",
                string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, at)}.p{number}{name.AsSpan(at + First.Length)}"));
            if (!File.Exists(sibling)) yield break;
            yield return sibling;
        }
    }

    /// <summary>Runs a process to its end, or a child that runs in its parent's memory until it leaves that. True when it has ended.</summary>
    private bool Run(ReplayedProcess process)
    {
        while (true)
        {
            switch (process.Run())
            {
                case Pause.Left:
                    return false;
                case Pause.Ended:
                    process.Dispose();
                    return true;
                case Pause.Forked:
                    Start(process, isGuest: false);
                    break;
                case Pause.Lent:
                    Start(process, isGuest: true);
                    break;
                case Pause.Waited:
                    RunUntilEnded(process.Child);
                    break;
            }
        }
    }

    private void Start(ReplayedProcess parent, bool isGuest)
    {
        int number = Enumerable.Range(0, _recorded.Count).FirstOrDefault(other => _recorded[other].Pid == parent.Child && !_started.ContainsKey(other), -1);
        if (number < 0) throw parent.Error(string.Create(CultureInfo.InvariantCulture, $"the child {parent.Child} begins, of which there is no recording beside this one"));
        ReplayedProcess child = parent.Fork(new ProgramRecording(_recorded[number].File), isGuest);
        _started.Add(number, child);
        if (isGuest && Run(child)) return;
        int place = _waiting.FindIndex(other => _recorded[other].Began > _recorded[number].Began);
        _waiting.Insert(place < 0 ? _waiting.Count : place, number);
    }

    private void RunUntilEnded(long pid)
    {
        while (_waiting.Any(number => _recorded[number].Pid == pid)) RunNext();
    }

    private void RunNext()
    {
        int number = _waiting[0];
        _waiting.RemoveAt(0);
        Run(_started[number]);
    }
}
