using System;
using System.Collections.Generic;

namespace Sim.Core.Faults;

/// <summary>How many faults there were, by error code, cause and outcome.</summary>
public sealed class FaultTally
{
    private const int Codes = 32;
    private static readonly int _causes = Enum.GetValues<FaultCause>().Length;
    private static readonly int _outcomes = Enum.GetValues<FaultOutcome>().Length;
    private readonly long[] _counts = new long[Codes * _causes * _outcomes];

    /// <summary>Faults of one kind.</summary>
    public long this[FaultErrorCode code, FaultCause cause, FaultOutcome outcome] => _counts[IndexOf(code, cause, outcome)];

    /// <summary>Every kind that occurred, in order.</summary>
    public IEnumerable<(FaultErrorCode Code, FaultCause Cause, FaultOutcome Outcome, long Count)> Kinds()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0) yield return ((FaultErrorCode)(i / (_causes * _outcomes)), (FaultCause)(i / _outcomes % _causes), (FaultOutcome)(i % _outcomes), _counts[i]);
        }
    }

    internal void Add(FaultErrorCode code, FaultCause cause, FaultOutcome outcome) => _counts[IndexOf(code, cause, outcome)]++;

    private static int IndexOf(FaultErrorCode code, FaultCause cause, FaultOutcome outcome) => ((int)code * _causes + (int)cause) * _outcomes + (int)outcome;
}
