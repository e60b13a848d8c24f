using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Sim.Core.Machines;

namespace Sim.Lab.Execution;

/// <summary>How far a study has come. Read from any thread while it runs.</summary>
public sealed class StudyProgress
{
    private readonly ConcurrentDictionary<string, Machine> _running = new();
    private long _finishedReferences;
    private int _finished, _reused;

    /// <summary>Runs to do in all, as far as is known.</summary>
    public int Runs { get; internal set; }

    /// <summary>References of all runs that must be computed.</summary>
    public long References { get; internal set; }

    /// <summary>Runs that are done, reused ones among them.</summary>
    public int Finished => _finished;

    /// <summary>Runs that were found finished.</summary>
    public int Reused => _reused;

    /// <summary>References made so far in runs that were computed.</summary>
    public long ReferencesDone => Interlocked.Read(ref _finishedReferences) + _running.Values.Sum(machine => machine.ReferencesDone);

    internal void OnStarted(string id, Machine machine) => _running[id] = machine;

    internal void OnFinished(string id, long references)
    {
        _running.TryRemove(id, out _);
        Interlocked.Add(ref _finishedReferences, references);
        Interlocked.Increment(ref _finished);
    }

    internal void OnReused()
    {
        Interlocked.Increment(ref _reused);
        Interlocked.Increment(ref _finished);
    }
}
