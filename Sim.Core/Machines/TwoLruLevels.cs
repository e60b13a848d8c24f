using System.Runtime.CompilerServices;
using Sim.Core.Hardware;

namespace Sim.Core.Machines;

/// <summary>Two levels under lru, as nearly all presets have: both are asked without a call.</summary>
internal readonly struct TwoLruLevels<TFirst, TSecond>(TFirst first, TSecond second) : ITlbPath<TwoLruLevels<TFirst, TSecond>>
    where TFirst : struct, ILruView<TFirst>
    where TSecond : struct, ILruView<TSecond>
{
    private readonly TFirst _first = first;
    private readonly TSecond _second = second;

    public static TwoLruLevels<TFirst, TSecond> Of(TlbHierarchy tlb) => new(TFirst.Of(tlb.BaseLevels[0]!), TSecond.Of(tlb.BaseLevels[1]!));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Lookup(ulong key, ulong needed)
    {
        ulong entry = _first.Lookup(key);
        if (entry != 0 && (needed & ~entry) == 0) return 0;
        bool isFirstHit = entry != 0;
        entry = _second.Lookup(key);
        if (entry == 0) return isFirstHit ? ITlbPath<TwoLruLevels<TFirst, TSecond>>.HeldWithFewerRights : ITlbPath<TwoLruLevels<TFirst, TSecond>>.Missed;
        if ((needed & ~entry) != 0) return ITlbPath<TwoLruLevels<TFirst, TSecond>>.HeldWithFewerRights;
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
