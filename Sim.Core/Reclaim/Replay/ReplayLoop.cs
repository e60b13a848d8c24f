using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Replay;

/// <summary>
/// The replay loop, compiled once for each policy. What it keeps of a page depends on what the policy is told:
/// <list type="bullet">
/// <item>every access: frame + 1, or minus the shadow; the table is prefetched ahead, since a block's references are known
/// (LRU 9 -> 17 x yardstick in a sketch of it);</item>
/// <item>the accessed bit: one byte, 0 absent, 1 resident, 2 accessed; a hit never looks up its frame (CLOCK 7 -> 29);</item>
/// <item>nothing: one bit, looked up for a group of references at once.</item>
/// </list>
/// The state bytes are prefetched ahead as well (CLOCK 77 -> 87 M refs/s). The policy is a local variable while a block runs, so that its fields can
/// lie in registers (LRU 6.2 -> 5.0 ns a reference).
/// </summary>
public sealed unsafe class ReplayLoop<TReclaim> : IReplay
    where TReclaim : struct, IReclaimPolicy
{
    private const int PrefetchDistance = 16;
    private const int GroupLength = 16;
    private FrameArray<int> _entryOf;
    private FrameArray<byte> _stateOf;
    private FrameArray<ulong> _residency;
    private FrameArray<uint> _shadowOf;
    private readonly FrameArray<uint> _pageIn;
    private readonly int _frames;
    private readonly FrameArray<int> _spare;
    private TReclaim _policy;
    private bool _hasShadows;
    private int _used, _spares;
    private long _misses;

    /// <summary>A memory of <paramref name="frames"/> empty frames for pages below <paramref name="pages"/>.</summary>
    public ReplayLoop(TReclaim policy, long pages, int frames)
    {
        _policy = policy;
        _frames = frames;
        _pageIn = new FrameArray<uint>((long)frames + ReplayBits.PrefetchDistance);
        if (TReclaim.IsProactive) _spare = new FrameArray<int>(frames);
        if (TReclaim.View == AccessView.EveryAccess)
        {
            _entryOf = new FrameArray<int>(pages);
            return;
        }
        _shadowOf = new FrameArray<uint>(pages);
        if (TReclaim.View == AccessView.AccessedBit) _stateOf = new FrameArray<byte>(pages);
        else _residency = new FrameArray<ulong>(pages / 64 + 1);
    }

    public long Misses => _misses;

    public void Reserve(long pages)
    {
        if (TReclaim.View == AccessView.EveryAccess)
        {
            if (pages > _entryOf.Length) _entryOf = _entryOf.Grown(Doubled(_entryOf.Length, pages));
            return;
        }
        if (pages <= _shadowOf.Length) return;
        long length = Doubled(_shadowOf.Length, pages);
        _shadowOf = _hasShadows ? _shadowOf.Grown(length) : new FrameArray<uint>(length);
        if (TReclaim.View == AccessView.AccessedBit) _stateOf = _stateOf.Grown(length);
        else _residency = _residency.Grown(length / 64 + 1);
    }

    public void Run(ReadOnlySpan<uint> pages)
    {
        TReclaim policy = _policy;
        if (TReclaim.View == AccessView.EveryAccess) RunEveryAccess(ref policy, pages);
        else if (TReclaim.View == AccessView.AccessedBit) RunAccessedBit(ref policy, pages);
        else RunNothing(ref policy, pages);
        _policy = policy;
        GC.KeepAlive(this);
    }

    public void CheckInvariants()
    {
        _policy.CheckInvariants();
        int empty = 0;
        for (int frame = 0; frame < _used; frame++)
        {
            if (IsResident(_pageIn[frame], frame)) continue;
            if (empty++ == _spares) throw new InvalidOperationException($"frame {frame} holds page {_pageIn[frame]}, which is marked absent");
        }
    }

    /// <summary>At least twice as long as before, so that what is copied as a trace goes on stays below what is kept.</summary>
    private static long Doubled(long length, long pages) => Math.Max(2 * length, pages);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunEveryAccess(ref TReclaim policy, ReadOnlySpan<uint> pages)
    {
        int* entryOf = _entryOf.Pointer;
        for (int i = 0; i < pages.Length; i++)
        {
            if (i + PrefetchDistance < pages.Length && Sse.IsSupported) Sse.Prefetch0(entryOf + pages[i + PrefetchDistance]);
            uint page = pages[i];
            int entry = entryOf[page];
            if (entry > 0)
            {
                policy.OnAccess(new FrameNumber(entry - 1));
                if (TReclaim.IsProactive) EvictSurplus(ref policy);
            }
            else
            {
                int frame = Miss(ref policy, page, new Shadow((uint)-entry), out _);
                entryOf[page] = frame + 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunAccessedBit(ref TReclaim policy, ReadOnlySpan<uint> pages)
    {
        byte* stateOf = _stateOf.Pointer;
        for (int i = 0; i < pages.Length; i++)
        {
            if (i + PrefetchDistance < pages.Length && Sse.IsSupported) Sse.Prefetch0(stateOf + pages[i + PrefetchDistance]);
            uint page = pages[i];
            if (stateOf[page] != 0) stateOf[page] = ReplayBits.Accessed;
            else
            {
                Miss(ref policy, page, TakeShadow(page), out _);
                stateOf[page] = ReplayBits.Resident;
            }
        }
    }

    /// <summary>
    /// Whether a page is absent is what a processor guesses wrong. So a group of references is looked up at once, without a branch, and each fault then
    /// corrects the answers for those to come: for its own page and for the one that left (FIFO 300 -> 480 M refs/s).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunNothing(ref TReclaim policy, ReadOnlySpan<uint> pages)
    {
        ulong* residency = _residency.Pointer;
        for (; pages.Length >= GroupLength; pages = pages[GroupLength..])
        {
            Vector512<uint> group = Vector512.Create(pages);
            uint absent = 0;
            for (int i = 0; i < GroupLength; i++) absent |= (uint)(~residency[pages[i] >> 6] >> (int)(pages[i] & 63) & 1) << i;
            while (absent != 0)
            {
                int i = BitOperations.TrailingZeroCount(absent);
                absent &= absent - 1;
                uint page = pages[i];
                uint left = Load(ref policy, page);
                // Seldom anything, so that the next fault need not wait for the comparison.
                uint gone = Matches(group, left) & ~1u << i;
                if (gone != 0) absent |= gone;
                uint come = Matches(group, page) & absent;
                if (come != 0) absent &= ~come;
            }
        }
        foreach (uint page in pages)
        {
            if (!IsResident(page)) Load(ref policy, page);
        }
    }

    /// <summary>Loads an absent page and returns the one that left for it, or the page itself if there was room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Load(ref TReclaim policy, uint page)
    {
        Miss(ref policy, page, TakeShadow(page), out uint left);
        _residency[(long)(page >> 6)] |= 1UL << (int)(page & 63);
        return left;
    }

    /// <summary>A bit for each place in the group where the page stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Matches(Vector512<uint> group, uint page) => (uint)Vector512.Equals(group, Vector512.Create(page)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Miss(ref TReclaim policy, uint page, Shadow shadow, out uint left)
    {
        left = page;
        _misses++;
        var identity = new PageIdentity(page);
        policy.OnFault(identity, shadow);
        int frame = TReclaim.IsProactive && _spares > 0 ? _spare[--_spares] : _used < _frames ? _used++ : Evict(ref policy, out left);
        _pageIn[frame] = page;
        policy.OnInsert(new FrameNumber(frame), 0, identity);
        return frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Evict(ref TReclaim policy, out uint left)
    {
        FrameNumber victim = default;
        var bits = new ReplayBits(_stateOf.Pointer, _pageIn.Pointer);
        if (policy.SelectVictims(ref bits, new Span<FrameNumber>(ref victim)) != 1) ThrowNoVictim();
        left = Leave(ref policy, victim);
        return victim.Value;
    }

    private void ThrowNoVictim() =>
        throw new InvalidOperationException($"{typeof(TReclaim).Name} named no victim although {_frames} pages are resident");

    /// <summary>What the policy wants gone although no room is needed.</summary>
    private void EvictSurplus(ref TReclaim policy)
    {
        while (policy.TrySelectSurplus(out FrameNumber folio))
        {
            Leave(ref policy, folio);
            _spare[_spares++] = folio.Value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Leave(ref TReclaim policy, FrameNumber victim)
    {
        uint page = _pageIn[victim.Value];
        Shadow shadow = policy.OnEvict(victim, new PageIdentity(page));
        if (TReclaim.View == AccessView.EveryAccess) _entryOf[(long)page] = -(int)shadow.Value;
        else
        {
            if (shadow.Value != 0) LeaveShadow(page, shadow);
            if (TReclaim.View == AccessView.AccessedBit) _stateOf[(long)page] = 0;
            else _residency[(long)(page >> 6)] &= ~(1UL << (int)(page & 63));
        }
        return page;
    }

    /// <summary>
    /// A page's shadow, which is gone then. The table is not touched before the first shadow: most policies leave none, and two visits
    /// a fault cost FIFO 112 -> 149 and CLOCK 50 -> 69 M refs/s.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Shadow TakeShadow(uint page)
    {
        if (!_hasShadows) return Shadow.None;
        ref uint entry = ref _shadowOf[(long)page];
        var shadow = new Shadow(entry);
        entry = 0;
        return shadow;
    }

    private void LeaveShadow(uint page, Shadow shadow)
    {
        _hasShadows = true;
        _shadowOf[(long)page] = shadow.Value;
    }

    private bool IsResident(uint page, int frame)
    {
        if (TReclaim.View == AccessView.EveryAccess) return _entryOf[(long)page] == frame + 1;
        if (TReclaim.View == AccessView.AccessedBit) return _stateOf[(long)page] != 0;
        return IsResident(page);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsResident(uint page) => (_residency[(long)(page >> 6)] >> (int)(page & 63) & 1) != 0;
}
