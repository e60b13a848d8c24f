using System;
using System.Collections.Generic;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Faults;

/// <summary>Faults by error code, cause and outcome: how many there were, and how long those took whose access went on.</summary>
public sealed class FaultTally
{
    private const int Codes = 32;
    private static readonly int _causes = Enum.GetValues<FaultCause>().Length;
    private static readonly int _outcomes = Enum.GetValues<FaultOutcome>().Length;
    private readonly long[] _counts = new long[Codes * _causes * _outcomes];
    private readonly LatencyHistogram?[] _latencies = new LatencyHistogram?[Codes * _causes * _outcomes];

    /// <summary>Faults of all kinds.</summary>
    public long Total { get; private set; }

    /// <summary>Faults of one kind.</summary>
    public long this[FaultErrorCode code, FaultCause cause, FaultOutcome outcome] => _counts[IndexOf(new FaultKind(code, cause, outcome))];

    /// <summary>Every kind that occurred, in order.</summary>
    public IEnumerable<(FaultErrorCode Code, FaultCause Cause, FaultOutcome Outcome, long Count)> Kinds()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0) yield return ((FaultErrorCode)(i / (_causes * _outcomes)), (FaultCause)(i / _outcomes % _causes), (FaultOutcome)(i % _outcomes), _counts[i]);
        }
    }

    /// <summary>Faults that ended so.</summary>
    public long Of(FaultOutcome outcome)
    {
        long sum = 0;
        for (int i = (int)outcome; i < _counts.Length; i += _outcomes) sum += _counts[i];
        return sum;
    }

    /// <summary>How long faults of one kind took, from the fault to the access's going on; empty where none did.</summary>
    public LatencyHistogram LatencyOf(FaultKind kind) => _latencies[IndexOf(kind)] ?? new LatencyHistogram();

    /// <summary>The same of all faults.</summary>
    public LatencyHistogram AllLatencies()
    {
        var all = new LatencyHistogram();
        foreach (LatencyHistogram? latencies in _latencies)
        {
            if (latencies is not null) all.Add(latencies);
        }
        return all;
    }

    internal void Add(FaultKind kind)
    {
        _counts[IndexOf(kind)]++;
        Total++;
    }

    internal void AddLatency(FaultKind kind, SimTime latency) => (_latencies[IndexOf(kind)] ??= new LatencyHistogram()).Record(latency);

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_latencies);
        Total = 0;
    }

    private static int IndexOf(FaultKind kind) => ((int)kind.Code * _causes + (int)kind.Cause) * _outcomes + (int)kind.Outcome;
}
