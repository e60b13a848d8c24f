using System.Numerics;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>
/// A fully associative array under lru with many ways: a list from the newest to the oldest, and a hash table to find an entry in it, so that the
/// host's time does not grow with the ways (zen4's 72: 88 -> 77 ns a reference of the Zipf stream against comparing them all). Empty ways stand at the
/// oldest end, where an insertion takes them first.
/// <code>
///   sentinel - newest - ... - oldest - empty - ... - sentinel           bucket of hash(key) -> entry -> entry
/// </code>
/// </summary>
internal readonly unsafe struct AssociativeLru : ILruView<AssociativeLru>
{
    private const int None = -1;
    private readonly FrameArray<ulong> _entries;
    private readonly FrameArray<Way> _ways;
    private readonly FrameArray<int> _buckets;
    private readonly int _sentinel;
    private readonly int _shift;

    public AssociativeLru(int ways)
    {
        _sentinel = ways;
        _entries = new FrameArray<ulong>(ways);
        _ways = new FrameArray<Way>(ways + 1);
        int bits = BitOperations.Log2((uint)ways) + 2;
        _shift = 64 - bits;
        _buckets = new FrameArray<int>(1 << bits);
        for (int way = 0; way <= ways; way++) _ways[way] = new Way { Newer = way == 0 ? ways : way - 1, Older = way == ways ? 0 : way + 1, InBucket = None };
        Clear();
    }

    public static AssociativeLru Of(TlbArray array) => array.Associative;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Lookup(ulong key)
    {
        int way = Find(key);
        if (way == None) return 0;
        MoveToNewest(way);
        return _entries[way];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(ulong entry)
    {
        int way = _ways[_sentinel].Newer;
        if (_entries[way] != 0) Unhash(way);
        _entries[way] = entry;
        ref int bucket = ref BucketOf(entry & ~TlbEntry.StoreAllowed);
        _ways[way].InBucket = bucket;
        bucket = way;
        MoveToNewest(way);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Renew(ulong entry)
    {
        int way = Find(entry & ~TlbEntry.StoreAllowed);
        if (way == None)
        {
            Insert(entry);
            return;
        }
        _entries[way] = entry;
        MoveToNewest(way);
    }

    /// <summary>Forgets a translation, if it is here.</summary>
    public void Invalidate(ulong key)
    {
        int way = Find(key);
        if (way != None) Empty(way);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        for (int way = 0; way < _sentinel; way++) _entries[way] = 0;
        for (int bucket = 0; bucket < _buckets.Length; bucket++) _buckets[bucket] = None;
    }

    /// <summary>What is in a way, or 0.</summary>
    public ulong EntryIn(int way) => _entries[way];

    /// <summary>Forgets what is in a way.</summary>
    public void Empty(int way)
    {
        Unhash(way);
        _entries[way] = 0;
        Unlink(way);
        Link(way, _sentinel, _ways[_sentinel].Newer);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong key)
    {
        int way = BucketOf(key);
        while (way != None && (_entries[way] & ~TlbEntry.StoreAllowed) != key) way = _ways[way].InBucket;
        return way;
    }

    /// <summary>Multiplicative hashing: the high bits of the product depend on all bits of the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int BucketOf(ulong key) => ref _buckets[(int)(key * 0x9E3779B97F4A7C15UL >> _shift)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unhash(int way)
    {
        ref int at = ref BucketOf(_entries[way] & ~TlbEntry.StoreAllowed);
        while (at != way) at = ref _ways[at].InBucket;
        at = _ways[way].InBucket;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveToNewest(int way)
    {
        int newest = _ways[_sentinel].Older;
        if (newest == way) return;
        Unlink(way);
        Link(way, newest, _sentinel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Link(int way, int older, int newer)
    {
        _ways[way].Newer = newer;
        _ways[way].Older = older;
        _ways[older].Newer = way;
        _ways[newer].Older = way;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Unlink(int way)
    {
        (int newer, int older) = (_ways[way].Newer, _ways[way].Older);
        _ways[newer].Older = older;
        _ways[older].Newer = newer;
    }

    private struct Way
    {
        public int Newer;
        public int Older;
        public int InBucket;
    }
}
