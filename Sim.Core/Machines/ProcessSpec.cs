using System;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>A process to run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">Makes its first thread's program.</param>
/// <param name="Arrival">When it starts.</param>
/// <param name="WarmupReferences">References after which its counts are measured.</param>
public sealed record ProcessSpec(string Name, Func<ITaskProgram> Program, SimTime Arrival, long WarmupReferences)
{
    /// <summary>How much it leaves to others under a fair scheduler, -20 to 19.</summary>
    public int Nice { get; init; }

    /// <summary>Its priority under a fifo scheduler, 0 to 99.</summary>
    public int Priority { get; init; }
}
