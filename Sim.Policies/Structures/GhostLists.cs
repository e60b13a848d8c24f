using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// Lists of pages that are gone, each found again by the shadow that it left in its own table entry, so that no hash is
/// needed. A shadow whose ghost has since been dropped is known by the page not matching.
/// <code>
///   shadow   | node index + 1 : 27 | list : 3 |
/// </code>
/// </summary>
public struct GhostLists
{
    /// <summary>Lists that one instance can hold.</summary>
    public const int MaximumLists = 1 << ListBits;

    private const int ListBits = 3;
    private readonly FrameArray<Ghost> _ghosts;
    private readonly int _capacity;
    private int _free;
    private int _unused;

    /// <summary>Empty lists with room for <paramref name="capacity"/> ghosts in all.</summary>
    public GhostLists(int capacity, int lists)
    {
        _capacity = Math.Min(capacity, (1 << (Shadow.Bits - ListBits)) - 2);
        _ghosts = new FrameArray<Ghost>((long)_capacity + lists);
        for (int list = 0; list < lists; list++)
            _ghosts[_capacity + list] = new Ghost { Previous = _capacity + list, Next = _capacity + list };
        _free = -1;
    }

    /// <summary>The ghost of <paramref name="page"/>, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Find(PageIdentity page, Shadow shadow)
    {
        if (shadow.Value == 0) return -1;
        int ghost = (int)(shadow.Value >> ListBits) - 1;
        return (uint)ghost < (uint)_capacity && _ghosts[ghost].Tag == TagOf(page, ListOf(shadow)) ? ghost : -1;
    }

    /// <summary>The list that a live ghost's shadow names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ListOf(Shadow shadow) => (int)(shadow.Value & (MaximumLists - 1));

    /// <summary>The ghost that a fresh shadow leads to: an index below the capacity, for what a policy remembers of a ghost beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(Shadow shadow) => (int)(shadow.Value >> ListBits) - 1;

    /// <summary>Ghosts that there is room for.</summary>
    public readonly int Capacity => _capacity;

    /// <summary>The oldest ghost of a list that is not empty.</summary>
    public readonly int Oldest(int list) => _ghosts[_capacity + list].Previous;

    /// <summary>Adds a ghost at the newest end. The caller has made room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow PushNewest(int list, PageIdentity page)
    {
        int index = _free;
        if (index >= 0) _free = _ghosts[index].Next;
        else if (_unused < _capacity) index = _unused++;
        else throw new InvalidOperationException($"no room for another ghost beside {_capacity}");
        int sentinel = _capacity + list;
        int newest = _ghosts[sentinel].Next;
        _ghosts[index] = new Ghost { Tag = TagOf(page, list), Previous = sentinel, Next = newest };
        _ghosts[newest].Previous = index;
        _ghosts[sentinel].Next = index;
        return new Shadow((uint)(((index + 1) << ListBits) | list));
    }

    /// <summary>Forgets one ghost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int index)
    {
        ref Ghost ghost = ref _ghosts[index];
        _ghosts[ghost.Previous].Next = ghost.Next;
        _ghosts[ghost.Next].Previous = ghost.Previous;
        ghost.Tag = 0;
        ghost.Next = _free;
        _free = index;
    }

    /// <summary>Forgets the oldest ghost of a list that is not empty.</summary>
    public void RemoveOldest(int list) => Remove(_ghosts[_capacity + list].Previous);

    /// <summary>Walks a list and returns the number of ghosts on it.</summary>
    public readonly int CheckedCount(int list)
    {
        int count = 0;
        for (int index = _ghosts[_capacity + list].Next; index != _capacity + list; index = _ghosts[index].Next, count++)
        {
            if (index >= _capacity || _ghosts[index].Tag == 0 || count > _capacity)
                throw new InvalidOperationException($"ghost list {list} is broken at {index}");
        }
        return count;
    }

    /// <summary>A page on a list: a shadow that names another list than the ghost now stands on is stale, and must not match.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong TagOf(PageIdentity page, int list) => (page.Value + 1) ^ ((ulong)list << (64 - ListBits));

    /// <summary>A <see cref="Tag"/> of 0 is a free node.</summary>
    private struct Ghost
    {
        public ulong Tag;
        public int Previous;
        public int Next;
    }
}
