using System.Runtime.CompilerServices;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// What lies below the first TLB level, for one stretch of references of one task: the lower levels, the walk, and the tally of both. Costs are
/// returned in picoseconds; the complement of a cost (a negative number) says that the access faults after that much.
/// </summary>
internal unsafe ref struct Translation
{
    private const ulong StoreReady = PageTableEntry.Writable | PageTableEntry.Dirty;
    private readonly Cpu _cpu;
    private readonly TlbHierarchy _tlb;
    private readonly PageTable _table;
    private readonly FrameArray<byte> _accessed;
    private readonly bool _hasHuge;
    private readonly long _lowerHit, _upperEntry, _leafEntry;
    private long _firstLevelMisses, _misses, _walkReferences;

    public Translation(Cpu cpu, Mm mm, FrameArray<byte> accessed)
    {
        _cpu = cpu;
        _tlb = cpu.Tlb;
        _table = mm.PageTable;
        _accessed = accessed;
        _hasHuge = mm.HugeMappings > 0;
        _lowerHit = cpu.Costs[Cost.LowerTlbHit].Picoseconds;
        _upperEntry = cpu.Costs[Cost.WalkUpperEntry].Picoseconds;
        _leafEntry = cpu.Costs[Cost.WalkLeafEntry].Picoseconds;
    }

    /// <summary>The directory of the page table.</summary>
    public readonly nint* Directory => _table.Directory;

    /// <summary>A reference that missed the first level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Translate(ulong page, ulong key, ulong store)
    {
        if (_hasHuge && _table.FindHuge(page) is var huge && huge != null) return TranslateHuge(huge, page, store);
        _firstLevelMisses++;
        int level = _tlb.LookupLower(key, store);
        return level > 0 ? level * _lowerHit : Walk(_table.Find(page), key, store, PageTable.Levels);
    }

    /// <summary>
    /// The reference whose own fault mapped its page: the processor walks again and this time succeeds. The miss has been counted, and neither the
    /// accessed bit nor the policy hears of it, which was told of the insertion. It faults again when the page has gone meanwhile.
    /// </summary>
    public long CompleteFault(ulong word)
    {
        ulong page = word >> ReferenceWord.PageShift;
        ulong store = word & ReferenceWord.Store;
        ulong* entry = _hasHuge ? _table.FindHuge(page) : null;
        bool isHuge = entry != null;
        if (!isHuge) entry = _table.Find(page);
        long cost = ChargeWalk(isHuge ? PageTable.Levels - 1 : PageTable.Levels);
        if (entry == null || !Permits(*entry, store)) return ~cost;
        if (store != 0) *entry |= PageTableEntry.Dirty;
        ulong key = isHuge ? TlbEntry.Key(page, TlbEntry.AsidOf(_cpu.AsidBits), PageSize.Huge) : TlbEntry.Key(page, _cpu.AsidBits);
        Fill(key, *entry, store);
        return cost;
    }

    /// <summary>Books the stretch to the CPU's clock and the process's counters. What is not the references' own time went into translating.</summary>
    public readonly void Book(CounterSet counters, SimTime user, SimTime elapsed, long references)
    {
        _cpu.Spend(TimeCategory.User, user);
        _cpu.Spend(TimeCategory.Translation, elapsed - user);
        counters.Add(Counter.References, references);
        counters.Add(Counter.TlbFirstLevelMisses, _firstLevelMisses);
        counters.Add(Counter.TlbMisses, _misses);
        counters.Add(Counter.WalkReferences, _walkReferences);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long TranslateHuge(ulong* entry, ulong page, ulong store)
    {
        ulong key = TlbEntry.Key(page, TlbEntry.AsidOf(_cpu.AsidBits), PageSize.Huge);
        if (_tlb.LookupFirst(key, store)) return 0;
        _firstLevelMisses++;
        int level = _tlb.LookupLower(key, store);
        return level > 0 ? level * _lowerHit : Walk(entry, key, store, PageTable.Levels - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Walk(ulong* entry, ulong key, ulong store, int levels)
    {
        _misses++;
        long cost = ChargeWalk(levels);
        if (entry == null) return ~cost;
        ulong value = *entry;
        if (!Permits(value, store)) return ~cost;
        if (store != 0 && (value & PageTableEntry.Dirty) == 0) *entry = value |= PageTableEntry.Dirty;
        _accessed[PageTableEntry.FrameOf(value).Value] = 1;
        Fill(key, value, store);
        return cost;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Fill(ulong key, ulong entry, ulong store) =>
        _tlb.Fill(key | ((entry & StoreReady) == StoreReady ? TlbEntry.StoreAllowed : 0), store != 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ChargeWalk(int levels)
    {
        _walkReferences += levels;
        return (levels - 1) * _upperEntry + _leafEntry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Permits(ulong entry, ulong store) =>
        (entry & PageTableEntry.Present) != 0 && (store == 0 || (entry & PageTableEntry.Writable) != 0);
}
