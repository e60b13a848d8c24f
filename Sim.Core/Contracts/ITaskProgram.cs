using System;

namespace Sim.Core.Contracts;

/// <summary>
/// What a task does, step by step. The machine asks for the next step when the last one is done. A program draws only from its own
/// streams, so that it does the same under every policy.
/// </summary>
public interface ITaskProgram
{
    /// <summary>The next step.</summary>
    /// <param name="result">What the last step returned: an address as a page number, or an error negated; 0 for steps that return nothing.</param>
    /// <param name="references">Room for references, if the step is <see cref="TaskStepKind.Access"/>: fill from the start and tell how many.</param>
    TaskStep Next(long result, Span<ulong> references);
}
