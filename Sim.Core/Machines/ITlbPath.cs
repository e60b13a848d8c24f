using Sim.Core.Hardware;

namespace Sim.Core.Machines;

/// <summary>How the access loop asks the TLB for base pages: compiled into it once for each implementation.</summary>
internal interface ITlbPath<TSelf>
    where TSelf : struct, ITlbPath<TSelf>
{
    static abstract TSelf Of(TlbHierarchy tlb);

    /// <summary>
    /// Looks a base page up in all levels. Returns the level of the hit, 0 for the first, after filling the levels above it, or -1 for a miss. An entry that lacks a
    /// flag that is needed is a miss.
    /// </summary>
    int Lookup(ulong key, ulong needed);

    /// <summary>What a walk found goes into every level.</summary>
    /// <param name="entry">The translation.</param>
    /// <param name="mayRenew">Whether a level may hold it already with fewer rights: only after a store.</param>
    void Fill(ulong entry, bool mayRenew);
}
