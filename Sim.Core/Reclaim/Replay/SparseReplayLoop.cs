using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Reclaim.Replay;

/// <summary>The replay loop with a hash in place of the table of pages; same policies, same counts.</summary>
public sealed unsafe class SparseReplayLoop<TReclaim> : ISparseReplay
    where TReclaim : struct, IReclaimPolicy
{
    private const int PrefetchDistance = 16;
    private readonly PageHash _entryOf = new();
    private readonly FrameArray<byte> _isAccessed;
    private readonly FrameArray<ulong> _pageIn;
    private readonly int _frames;
    private readonly FrameArray<int> _spare;
    private TReclaim _policy;
    private int _used, _spares;
    private long _misses;

    /// <summary>A memory of <paramref name="frames"/> empty frames.</summary>
    public SparseReplayLoop(TReclaim policy, int frames)
    {
        _policy = policy;
        _frames = frames;
        _pageIn = new FrameArray<ulong>(frames);
        if (TReclaim.IsProactive) _spare = new FrameArray<int>(frames);
        if (TReclaim.View == AccessView.AccessedBit) _isAccessed = new FrameArray<byte>(frames);
    }

    public long Misses => _misses;

    public void Run(ReadOnlySpan<ulong> pages)
    {
        for (int i = 0; i < pages.Length; i++)
        {
            if (i + PrefetchDistance < pages.Length) _entryOf.Prefetch(pages[i + PrefetchDistance]);
            ulong page = pages[i];
            int entry = _entryOf.Find(page);
            if (entry <= 0) Miss(page, new Shadow((uint)-entry));
            else if (TReclaim.View == AccessView.EveryAccess)
            {
                _policy.OnAccess(new FrameNumber(entry - 1));
                if (TReclaim.IsProactive) EvictSurplus();
            }
            else if (TReclaim.View == AccessView.AccessedBit) _isAccessed[entry - 1] = 1;
        }
    }

    public void CheckInvariants()
    {
        _policy.CheckInvariants();
        int empty = 0;
        for (int frame = 0; frame < _used; frame++)
        {
            if (_entryOf.Find(_pageIn[frame]) != frame + 1 && empty++ == _spares) throw new InvalidOperationException($"frame {frame} holds page {_pageIn[frame]}, which is elsewhere by its entry");
        }
    }

    private void Miss(ulong page, Shadow shadow)
    {
        _misses++;
        var identity = new PageIdentity(page);
        _policy.OnFault(identity, shadow);
        int frame = _spares > 0 ? _spare[--_spares] : _used < _frames ? _used++ : Evict();
        _pageIn[frame] = page;
        if (TReclaim.View == AccessView.AccessedBit) _isAccessed[frame] = 0;
        _entryOf.Set(page, frame + 1);
        _policy.OnInsert(new FrameNumber(frame), 0, identity);
    }

    private int Evict()
    {
        FrameNumber victim = default;
        var bits = new FrameBits(_isAccessed.Pointer);
        if (_policy.SelectVictims(ref bits, new Span<FrameNumber>(ref victim)) != 1)
            throw new InvalidOperationException($"{typeof(TReclaim).Name} named no victim although {_frames} pages are resident");
        Leave(victim);
        return victim.Value;
    }

    /// <summary>What the policy wants gone although no room is needed.</summary>
    private void EvictSurplus()
    {
        while (_policy.TrySelectSurplus(out FrameNumber folio))
        {
            Leave(folio);
            _spare[_spares++] = folio.Value;
        }
    }

    private void Leave(FrameNumber victim)
    {
        ulong page = _pageIn[victim.Value];
        Shadow shadow = _policy.OnEvict(victim, new PageIdentity(page));
        if (shadow.Value == 0) _entryOf.Remove(page);
        else _entryOf.Set(page, -(int)shadow.Value);
    }

    /// <summary>Accessed bits by frame; nothing is dirty.</summary>
    private readonly ref struct FrameBits(byte* isAccessed) : IAccessedBits
    {
        public bool Test(FrameNumber folio) => isAccessed != null && isAccessed[folio.Value] != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TestAndClear(FrameNumber folio)
        {
            bool accessed = isAccessed[folio.Value] != 0;
            isAccessed[folio.Value] = 0;
            return accessed;
        }

        public bool IsDirty(FrameNumber folio) => false;
    }
}
