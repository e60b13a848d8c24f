using System.Runtime.CompilerServices;
using Sim.Core.Hardware;

namespace Sim.Core.Machines;

/// <summary>Two levels under lru with narrow sets, as Intel builds them: the sets of both are asked without a call.</summary>
internal readonly struct TwoLruLevels<TFirst, TSecond>(LruSets<TFirst> first, LruSets<TSecond> second) : ITlbPath<TwoLruLevels<TFirst, TSecond>>
    where TFirst : struct, IVectorCount
    where TSecond : struct, IVectorCount
{
    private readonly LruSets<TFirst> _first = first;
    private readonly LruSets<TSecond> _second = second;

    public static TwoLruLevels<TFirst, TSecond> Of(TlbHierarchy tlb) => new(tlb.BaseLevels[0]!.Sets<TFirst>(), tlb.BaseLevels[1]!.Sets<TSecond>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Lookup(ulong key, ulong needed)
    {
        ulong entry = _first.Lookup(key);
        if (entry != 0 && (needed & ~entry) == 0) return 0;
        bool isFirstHit = entry != 0;
        entry = _second.Lookup(key);
        if (entry == 0 || (needed & ~entry) != 0) return -1;
        if (isFirstHit) _first.Renew(entry);
        else _first.Insert(entry);
        return 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(ulong entry, bool mayRenew)
    {
        if (mayRenew)
        {
            _first.Renew(entry);
            _second.Renew(entry);
        }
        else
        {
            _first.Insert(entry);
            _second.Insert(entry);
        }
    }
}
