using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sim.Core.Engine;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>
/// One set-associative array of translations. With lru and fifo the ways of a set stand in their order of replacement, newest first, so that
/// the commonest hit is one comparison (2.5 x time stamps in a sketch of it) and the victim needs no search.
/// </summary>
internal sealed unsafe class TlbArray
{
    /// <summary>Ways that one vector holds; a set's room is rounded up to it, and the ways beyond the last stay 0, which is no key.</summary>
    public const int Lanes = 4;

    /// <summary>Ways from which on a fully associative array under lru is hashed: six vectors can be compared in the time.</summary>
    private const int FewestToHash = 25;

    private readonly FrameArray<ulong> _entries;
    private readonly ulong* _first;
    private readonly ulong[] _tree;
    private readonly int _ways;
    private readonly int _stride;
    private readonly ulong _sets;
    private readonly ulong _setMask;
    private readonly TlbReplacement _replacement;
    private readonly bool _isOrdered;
    private readonly bool _isAssociative;
    private RandomStream _random;

    public TlbArray(TlbArraySpec spec, ulong seed)
    {
        _ways = spec.Ways;
        _stride = (spec.Ways + Lanes - 1) / Lanes * Lanes;
        _sets = (ulong)spec.Sets;
        _setMask = BitOperations.IsPow2(_sets) ? _sets - 1 : 0;
        _replacement = spec.Replacement;
        _isOrdered = _replacement is TlbReplacement.Lru or TlbReplacement.Fifo;
        _isAssociative = spec.Sets == 1 && spec.Ways >= FewestToHash && _replacement == TlbReplacement.Lru;
        if (_isAssociative) Associative = new AssociativeLru(spec.Ways);
        _entries = new FrameArray<ulong>(_isAssociative ? 0 : spec.Sets * (long)_stride);
        _first = _entries.Pointer;
        _tree = _replacement == TlbReplacement.TreePlru ? new ulong[spec.Sets] : [];
        _random = new RandomStream(seed);
    }

    /// <summary>Vectors that a set takes up.</summary>
    public int Vectors => _stride / Lanes;

    /// <summary>The array itself, where it is hashed.</summary>
    public AssociativeLru Associative { get; }

    /// <summary>How the access loop may ask the array, or null where it goes by the array's own methods.</summary>
    public Type? View
    {
        get
        {
            if (_isAssociative) return typeof(AssociativeLru);
            return !HasPlainSets ? null : Vectors switch
            {
                1 => typeof(LruSets<OneVector>),
                2 => typeof(LruSets<TwoVectors>),
                3 => typeof(LruSets<ThreeVectors>),
                4 => typeof(LruSets<FourVectors>),
                6 => typeof(LruSets<SixVectors>),
                _ => null,
            };
        }
    }

    /// <summary>The sets alone, for the access loop.</summary>
    public LruSets<TWidth> Sets<TWidth>()
        where TWidth : struct, IVectorCount =>
        HasPlainSets && TWidth.Vectors == Vectors ? new(_first, (int)_sets, _ways) : throw new InvalidOperationException("the array has no such sets");

    /// <summary>The entry that translates <paramref name="key"/>, or 0. Counts as a use of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Lookup(ulong key)
    {
        if (_isAssociative) return Associative.Lookup(key);
        ulong* set = SetOf(key);
        ulong newest = set[0];
        return (newest & ~TlbEntry.StoreAllowed) == key ? Use(set, newest) : LookupOlder(set, key);
    }

    /// <summary>Puts in a translation, which may be here only if <paramref name="mayRenew"/>: then it replaces the one whose flags have changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Insert(ulong entry, bool mayRenew)
    {
        if (_isAssociative)
        {
            if (mayRenew) Associative.Renew(entry);
            else Associative.Insert(entry);
            return;
        }
        ulong* set = SetOf(entry & ~TlbEntry.StoreAllowed);
        int way = mayRenew ? Find(set, entry & ~TlbEntry.StoreAllowed) : -1;
        if (_isOrdered) MoveToFront(set, way < 0 ? _ways - 1 : way, entry);
        else InsertUnordered(set, way, entry);
    }

    /// <summary>Forgets a translation, if it is here.</summary>
    public void Invalidate(ulong key)
    {
        if (_isAssociative)
        {
            Associative.Invalidate(key);
            return;
        }
        ulong* set = SetOf(key);
        int way = Find(set, key);
        if (way >= 0) Remove(set, way);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        if (_isAssociative) Associative.Clear();
        else new Span<ulong>(_first, (int)_entries.Length).Clear();
    }

    /// <summary>Forgets all translations of one address-space identifier.</summary>
    public void Clear(int asid)
    {
        if (_isAssociative)
        {
            for (int way = 0; way < _ways; way++)
            {
                if (Associative.EntryIn(way) is not 0 and ulong entry && TlbEntry.AsidOf(entry) == asid) Associative.Empty(way);
            }
            return;
        }
        for (ulong set = 0; set < _sets; set++)
        {
            ulong* ways = _first + set * (ulong)_stride;
            for (int way = _ways - 1; way >= 0; way--)
            {
                if (ways[way] != 0 && TlbEntry.AsidOf(ways[way]) == asid) Remove(ways, way);
            }
        }
    }

    /// <summary>All translations in the array.</summary>
    public IEnumerable<ulong> Entries()
    {
        if (_isAssociative)
        {
            for (int way = 0; way < _ways; way++)
            {
                if (Associative.EntryIn(way) is not 0 and ulong entry) yield return entry;
            }
            yield break;
        }
        for (long index = 0; index < _entries.Length; index++)
        {
            if (_entries[index] != 0) yield return _entries[index];
        }
    }

    /// <summary>Whether <see cref="Sets"/> may stand in for the array: lru, and as many sets as a power of two.</summary>
    private bool HasPlainSets => !_isAssociative && BitOperations.IsPow2(_sets) && _replacement == TlbReplacement.Lru;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong* SetOf(ulong key)
    {
        ulong page = key >> TlbEntry.PageShift;
        if (TlbEntry.SizeOf(key) != PageSize.Base) page >>= 9 * (int)TlbEntry.SizeOf(key);
        ulong index = _setMask != 0 || _sets == 1 ? page & _setMask : page % _sets;
        return _first + index * (ulong)_stride;
    }

    private ulong LookupOlder(ulong* set, ulong key)
    {
        int way = Find(set, key);
        if (way < 0) return 0;
        ulong entry = set[way];
        if (_replacement == TlbReplacement.Lru) MoveToFront(set, way, entry);
        else Touch(set, way);
        return entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Use(ulong* set, ulong newest)
    {
        if (_replacement == TlbReplacement.TreePlru) Touch(set, 0);
        return newest;
    }

    /// <summary>The way that holds <paramref name="key"/>, or -1. Four comparisons at a time; the ways beyond the last hold 0, which is no key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong* set, ulong key)
    {
        Vector256<ulong> wanted = Vector256.Create(key);
        Vector256<ulong> mask = Vector256.Create(~TlbEntry.StoreAllowed);
        for (int way = 0; way < _ways; way += Lanes)
        {
            uint equal = Vector256.Equals(Vector256.Load(set + way) & mask, wanted).ExtractMostSignificantBits();
            if (equal != 0) return way + BitOperations.TrailingZeroCount(equal);
        }
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MoveToFront(ulong* set, int way, ulong entry)
    {
        int to = way;
        for (; to >= Lanes; to -= Lanes) Vector256.Load(set + to - Lanes).Store(set + to - Lanes + 1);
        for (; to > 0; to--) set[to] = set[to - 1];
        set[0] = entry;
    }

    private void Remove(ulong* set, int way)
    {
        if (_isOrdered)
        {
            for (; way < _ways - 1; way++) set[way] = set[way + 1];
        }
        set[way] = 0;
    }

    private void InsertUnordered(ulong* set, int way, ulong entry)
    {
        if (way < 0) way = EmptyWay(set) is >= 0 and int empty ? empty : VictimWay(set);
        set[way] = entry;
        Touch(set, way);
    }

    private int EmptyWay(ulong* set)
    {
        for (int way = 0; way < _ways; way++)
        {
            if (set[way] == 0) return way;
        }
        return -1;
    }

    private int VictimWay(ulong* set)
    {
        if (_replacement == TlbReplacement.Random) return (int)_random.Below((ulong)_ways);
        ulong tree = _tree[SetIndex(set)];
        int node = 1;
        while (node < _ways) node = 2 * node + (int)(tree >> node & 1);
        return node - _ways;
    }

    /// <summary>Turns every direction on the way's path away from it. Node 1 is the root; node n has the children 2n and 2n + 1.</summary>
    private void Touch(ulong* set, int way)
    {
        if (_replacement != TlbReplacement.TreePlru) return;
        ref ulong tree = ref _tree[SetIndex(set)];
        for (int node = way + _ways; node > 1; node >>= 1)
        {
            int parent = node >> 1;
            tree = tree & ~(1UL << parent) | (ulong)(~node & 1) << parent;
        }
    }

    private long SetIndex(ulong* set) => (set - _first) / _stride;
}
