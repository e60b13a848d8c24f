namespace Sim.Core.Faults;

/// <summary>A kind of fault, as faults are told apart: what the processor said, why it came to it, and what became of it.</summary>
/// <param name="Code">The error code, with the present bit as the handler found the entry.</param>
/// <param name="Cause">Why.</param>
/// <param name="Outcome">What became of it.</param>
public readonly record struct FaultKind(FaultErrorCode Code, FaultCause Cause, FaultOutcome Outcome);
