using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using Sim.Core.Metrics;
using Sim.Core.Processes;

namespace Sim.Core.Machines;

/// <summary>All processes that there ever were: those of the experiment, then children in the order of their births.</summary>
internal sealed class ProcessTable : IReadOnlyList<Process>
{
    private Process?[] _processes;

    /// <summary>The processes of the experiment.</summary>
    public ProcessTable(IEnumerable<Process> first)
    {
        _processes = [.. first];
        Count = _processes.Length;
    }

    /// <summary>Processes so far.</summary>
    public int Count { get; private set; }

    /// <summary>References that all have made. May be asked for from another thread, to show progress.</summary>
    public long References
    {
        get
        {
            long done = 0;
            foreach (Process? process in Volatile.Read(ref _processes)) done += process?.Counters[Counter.References] ?? 0;
            return done;
        }
    }

    /// <summary>The process of a number.</summary>
    public Process this[int id] => _processes[id]!;

    /// <summary>Adds a child, whose number is the next.</summary>
    public void Add(Process child)
    {
        Process?[] processes = _processes;
        if (Count == processes.Length) Array.Resize(ref processes, Math.Max(8, 2 * Count));
        processes[Count++] = child;
        Volatile.Write(ref _processes, processes);
    }

    /// <summary>The process of a name that lives; null when there is none.</summary>
    public Process? FindLive(string name)
    {
        for (int id = Count - 1; id >= 0; id--)
        {
            if (this[id].Name == name && this[id].LiveTasks > 0) return this[id];
        }
        return null;
    }

    public IEnumerator<Process> GetEnumerator()
    {
        for (int id = 0; id < Count; id++) yield return this[id];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
