using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Least frequently used: of the pages with the fewest uses since they were loaded, the least recently used one goes, and its count is
/// forgotten. All pages stand in one list by key and, within a key, by recency; a group is a stretch of equal keys. Groups are linked as well, so
/// that a hit moves a page to the next group in constant time and by few dependent loads (58 -> 70 M refs/s against going by the list).
/// <code>
///   key      7 | 4 | 2       | 1               without aging: key = uses
///   newest   C | A | D  F  B | H  G  E  oldest     the next victim: E
/// </code>
/// <para>Counts perfect while in memory: A. V. Aho, P. J. Denning, J. D. Ullman, "Principles of optimal page replacement", Journal of the ACM
/// 18(1), 1971. The list of groups: K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010.</para>
/// <para>Dynamic aging: key = uses + L, where L is the key of the last page that was evicted, so that what was popular once does not stay for
/// ever. M. Arlitt, L. Cherkasova, J. Dilley, R. Friedrich, T. Jin, "Evaluating content management techniques for Web proxy caches", ACM
/// SIGMETRICS Performance Evaluation Review 27(4), 2000, with every cost 1.</para>
/// </summary>
[Paper("Evicts the page that was used least often since it was loaded, the least recent of several; told of every access.",
    "A. V. Aho, P. J. Denning, J. D. Ullman, Principles of optimal page replacement, Journal of the ACM 18(1), 1971; M. Arlitt et al., Evaluating content management techniques for Web proxy caches, ACM SIGMETRICS Performance Evaluation Review 27(4), 2000")]
public struct Lfu : IReclaimPolicy, IPolicy<Lfu, LfuOptions>
{
    private const int None = -1;
    private FrameLists _order;
    private FrameArray<int> _groupOf;
    private FrameArray<Group> _groups;
    private FrameArray<long> _uses;
    private bool _ages;
    private long _age;
    private int _lowestGroup, _freeGroup, _unusedGroups;
    private int _resident, _putBack;

    public static string Name => "reclaim/lfu";

    public static Lfu Create(LfuOptions options, PolicyContext context)
    {
        bool ages = options.Aging == LfuAging.Dynamic;
        return new Lfu
        {
            _order = new FrameLists(context.Frames, 1),
            _groupOf = new FrameArray<int>(context.Frames),
            _groups = new FrameArray<Group>(context.Frames + 1L),
            _uses = new FrameArray<long>(ages ? context.Frames : 0),
            _ages = ages,
            _lowestGroup = None,
            _freeGroup = None,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        int frame = folio.Value;
        int group = _groupOf[frame];
        long key = _ages ? ++_uses[frame] + _age : _groups[group].Key + 1;
        int below = group;
        int above = _groups[group].Above;
        // Without aging one step at most. With it the key grows by 1 + what L grew since the last use, and a step passes a whole group.
        while (above >= 0 && _groups[above].Key < key)
        {
            below = above;
            above = _groups[above].Above;
        }
        bool joins = above >= 0 && _groups[above].Key == key;
        if (below == group && !joins && _groups[group].Size == 1)
        {
            _groups[group].Key = key;
            return;
        }
        int after = _groups[joins ? above : below].Newest;
        Leave(group, frame);
        // Alone at the newest end of its own group, a page stands where it is to go already.
        if (after != frame)
        {
            _order.Remove(frame);
            _order.InsertNewerThan(after, frame);
        }
        if (joins) Join(above, frame);
        else Found(key, frame, below);
    }

    public void OnFault(PageIdentity page, Shadow shadow) => _putBack = 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        int frame = folio.Value;
        long key = 1 + _age;
        if (_ages) _uses[frame] = 1;
        _resident++;
        int group = None;
        for (int candidate = _lowestGroup; candidate >= 0 && _groups[candidate].Key <= key; candidate = _groups[candidate].Above) group = candidate;
        _order.InsertNewerThan(group >= 0 ? _groups[group].Newest : _order.Sentinel(0), frame);
        if (group >= 0 && _groups[group].Key == key) Join(group, frame);
        else Found(key, frame, group);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        if (_ages) _age = Math.Max(_age, _groups[_groupOf[folio.Value]].Key);
        OnFree(folio);
        return Shadow.None;
    }

    /// <summary>Keeps its count and place; for the rest of this fault the victims begin above it.</summary>
    public void OnPutBack(FrameNumber folio) => _putBack++;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        Leave(_groupOf[folio.Value], folio.Value);
        _order.Remove(folio.Value);
        _resident--;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_putBack >= _resident) _putBack = 0;
        return _order.CopyOldest(0, victims, _putBack);
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in the list", _order.CheckedCount(0), _resident);
        long lastKey = 0;
        int size = 0;
        for (int frame = _order.Oldest(0); frame != _order.Sentinel(0); frame = _order.Newer(frame))
        {
            Group group = _groups[_groupOf[frame]];
            size++;
            if (frame != group.Newest) continue;
            Books.Balance($"pages with key {group.Key}", size, group.Size);
            Books.AtMost("a key below this one", lastKey + 1, group.Key);
            lastKey = group.Key;
            size = 0;
        }
        Books.Balance("pages beyond the last group", size, 0);
        int pages = 0;
        for (int group = _lowestGroup, below = None; group >= 0; below = group, group = _groups[group].Above)
        {
            Books.Balance("the group below", _groups[group].Below, below);
            pages += _groups[group].Size;
        }
        Books.Balance("pages in groups", pages, _resident);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Join(int group, int frame)
    {
        _groupOf[frame] = group;
        _groups[group].Newest = frame;
        _groups[group].Size++;
    }

    /// <summary>Makes a group of a page that has taken its place in the list, above the group <paramref name="below"/>, or lowest of all.</summary>
    private void Found(long key, int frame, int below)
    {
        int group = _freeGroup;
        if (group >= 0) _freeGroup = _groups[group].Newest;
        else group = _unusedGroups++;
        int above = below >= 0 ? _groups[below].Above : _lowestGroup;
        _groups[group] = new Group { Key = key, Newest = frame, Size = 1, Above = above, Below = below };
        LinkTo(below, group);
        if (above >= 0) _groups[above].Below = group;
        _groupOf[frame] = group;
    }

    /// <summary>Takes a page that is still in its place out of its group; an empty group goes on the free list, linked by its newest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Leave(int index, int frame)
    {
        ref Group group = ref _groups[index];
        if (--group.Size == 0)
        {
            LinkTo(group.Below, group.Above);
            if (group.Above >= 0) _groups[group.Above].Below = group.Below;
            group.Newest = _freeGroup;
            _freeGroup = index;
        }
        else if (group.Newest == frame) group.Newest = _order.Older(frame);
    }

    /// <summary>Says that the group above <paramref name="below"/>, or the lowest, is now another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LinkTo(int below, int group)
    {
        if (below >= 0) _groups[below].Above = group;
        else _lowestGroup = group;
    }

    private struct Group
    {
        public long Key;
        public int Newest;
        public int Size;
        public int Above;
        public int Below;
    }
}

/// <summary>Options of <see cref="Lfu"/>.</summary>
public sealed record LfuOptions
{
    /// <summary>How old counts lose their weight.</summary>
    [Option("Whether the key of the last victim is added to counts (dynamic) or they stand as they are (none)")]
    public LfuAging Aging { get; init; } = LfuAging.None;
}

/// <summary>How old counts lose their weight.</summary>
public enum LfuAging
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>LFU-DA: a count starts from the key of the last page that was evicted.</summary>
    Dynamic,
}
