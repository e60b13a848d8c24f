namespace Sim.Core.AddressSpaces;

/// <summary>What became of a fork, or of a part of it.</summary>
public enum ForkOutcome
{
    /// <summary>The child has everything.</summary>
    Done,

    /// <summary>There is no memory for it, or none may be promised.</summary>
    OutOfMemory,

    /// <summary>The task sleeps, and goes on from where it was when it wakes.</summary>
    MustWait,
}
