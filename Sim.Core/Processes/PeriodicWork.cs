using System;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>
/// What a kernel thread does that a timer wakes: at every multiple of a period it runs for some time. A period that begins while it still runs, or waits
/// for a CPU, is left out, as with hrtimer_forward_now.
/// </summary>
/// <param name="every">The period.</param>
/// <param name="run">CPU time at each wake-up.</param>
public sealed class PeriodicWork(SimTime every, SimTime run) : ITaskProgram
{
    private bool _isAwake;

    /// <inheritdoc/>
    public TaskStep Next(long result, Span<ulong> references)
    {
        _isAwake = !_isAwake;
        return _isAwake
            ? new TaskStep(TaskStepKind.SleepToMultiple, every.Picoseconds)
            : new TaskStep(TaskStepKind.Compute, run.Picoseconds);
    }
}
