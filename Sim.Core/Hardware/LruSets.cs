using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sim.Core.Hardware;

/// <summary>
/// The sets of a TLB array under lru, for base pages: a view that the access loop keeps in registers. The ways of a set stand newest first:
/// <code>
///   hit in way 2:   | a | b | c | d |  ->  | c | a | b | d |        insertion:   | a | b | c | d |  ->  | e | a | b | c |
/// </code>
/// Both move whole vectors and select lanes, so that the number of steps depends on the array and not on the way that hits; with that, and with its
/// widths and masks in registers, the access loop takes 28 ns a reference of the Zipf stream in place of 41. Looking at the newest way first is a branch
/// that cannot be foreseen (without it 28.5 -> 25.2 ns with stack distances, the Zipf stream no different). What an array does otherwise, and what it
/// must do alike, is in <see cref="TlbArray"/>.
/// </summary>
internal readonly unsafe struct LruSets<TWidth>(ulong* first, int sets, int ways) : ILruView<LruSets<TWidth>>
    where TWidth : struct, IVectorCount
{
    private readonly ulong* _first = first;
    private readonly ulong _mask = (ulong)sets - 1;
    private readonly int _last = ways - 1;

    public static LruSets<TWidth> Of(TlbArray array) => array.Sets<TWidth>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Lookup(ulong key)
    {
        ulong* set = SetOf(key);
        ulong hits = Find(set, key);
        if (hits == 0) return 0;
        int way = BitOperations.TrailingZeroCount(hits);
        ulong entry = set[way];
        MoveToFront(set, way, entry);
        return entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(ulong entry) => MoveToFront(SetOf(entry), _last, entry);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Renew(ulong entry)
    {
        ulong* set = SetOf(entry);
        ulong hits = Find(set, entry & ~TlbEntry.StoreAllowed);
        MoveToFront(set, Math.Min(BitOperations.TrailingZeroCount(hits), _last), entry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong* SetOf(ulong key) => _first + (key >> TlbEntry.PageShift & _mask) * (ulong)(TWidth.Vectors * TlbArray.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(ulong* set, ulong key)
    {
        Vector256<ulong> wanted = Vector256.Create(key);
        Vector256<ulong> mask = Vector256.Create(~TlbEntry.StoreAllowed);
        ulong hits = Compare(set, mask, wanted);
        if (TWidth.Vectors > 1) hits |= Compare(set + 4, mask, wanted) << 4;
        if (TWidth.Vectors > 2) hits |= Compare(set + 8, mask, wanted) << 8;
        if (TWidth.Vectors > 3) hits |= Compare(set + 12, mask, wanted) << 12;
        if (TWidth.Vectors > 4) hits |= Compare(set + 16, mask, wanted) << 16;
        if (TWidth.Vectors > 5) hits |= Compare(set + 20, mask, wanted) << 20;
        return hits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MoveToFront(ulong* set, int way, ulong entry)
    {
        Vector256<long> to = Vector256.Create((long)way);
        if (TWidth.Vectors > 5) Shift(set + 20, Vector256.Create(20L, 21, 22, 23), to);
        if (TWidth.Vectors > 4) Shift(set + 16, Vector256.Create(16L, 17, 18, 19), to);
        if (TWidth.Vectors > 3) Shift(set + 12, Vector256.Create(12L, 13, 14, 15), to);
        if (TWidth.Vectors > 2) Shift(set + 8, Vector256.Create(8L, 9, 10, 11), to);
        if (TWidth.Vectors > 1) Shift(set + 4, Vector256.Create(4L, 5, 6, 7), to);
        Vector256<ulong> newest = Vector256.Load(set);
        Vector256<ulong> moved = Vector256.Shuffle(newest, Vector256.Create(0UL, 0, 1, 2));
        Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Create(0L, 1, 2, 3), to).AsUInt64(), newest, moved).WithElement(0, entry).Store(set);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Compare(ulong* ways, Vector256<ulong> mask, Vector256<ulong> wanted) =>
        Vector256.Equals(Vector256.Load(ways) & mask, wanted).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Shift(ulong* ways, Vector256<long> numbers, Vector256<long> to) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(numbers, to).AsUInt64(), Vector256.Load(ways), Vector256.Load(ways - 1)).Store(ways);
}
