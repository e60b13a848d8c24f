using Sim.Core.Hardware;

namespace Sim.Core.Machines;

/// <summary>How the access loop asks the TLB for base pages: compiled into it once for each implementation.</summary>
internal interface ITlbPath<TSelf>
    where TSelf : struct, ITlbPath<TSelf>
{
    /// <summary>A miss of a page that no level holds.</summary>
    const int Missed = -1;

    /// <summary>A miss of a page that a level may hold with fewer rights.</summary>
    const int HeldWithFewerRights = -2;

    static abstract TSelf Of(TlbHierarchy tlb);

    /// <summary>
    /// Looks a base page up in all levels. Returns the level of the hit, 0 for the first, after filling the levels above it, or which kind of miss it is: an entry
    /// that lacks a flag that is needed is one.
    /// </summary>
    int Lookup(ulong key, ulong needed);

    /// <summary>What a walk found goes into every level.</summary>
    /// <param name="entry">The translation.</param>
    /// <param name="mayRenew">Whether a level may hold it already, in whose place it goes then.</param>
    void Fill(ulong entry, bool mayRenew);
}
