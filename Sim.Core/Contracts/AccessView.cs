namespace Sim.Core.Contracts;

/// <summary>
/// What a replacement policy gets to see of the accesses to resident pages. A kernel sees accessed bits; being told
/// of every access is an idealisation, and a policy that needs it says so by its view.
/// </summary>
public enum AccessView
{
    /// <summary>Faults only.</summary>
    Nothing,

    /// <summary>Whether a page was accessed since its bit was last cleared.</summary>
    AccessedBit,

    /// <summary>Every single access, in order.</summary>
    EveryAccess,
}
