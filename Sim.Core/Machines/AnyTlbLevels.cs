using System.Runtime.CompilerServices;
using Sim.Core.Hardware;

namespace Sim.Core.Machines;

/// <summary>Any number of levels with any replacement.</summary>
internal readonly struct AnyTlbLevels(TlbHierarchy tlb) : ITlbPath<AnyTlbLevels>
{
    public static AnyTlbLevels Of(TlbHierarchy tlb) => new(tlb);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Lookup(ulong key, ulong needed)
    {
        ulong entry = tlb.FirstBase.Lookup(key);
        if (entry != 0 && (entry & needed) == needed) return 0;
        int level = tlb.LookupLower(key, needed);
        return level > 0 ? level : needed != 0 ? ITlbPath<AnyTlbLevels>.HeldWithFewerRights : ITlbPath<AnyTlbLevels>.Missed;
    }

    public void Fill(ulong entry, bool mayRenew) => tlb.Fill(entry, mayRenew);
}
