using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Policies.Structures;

/// <summary>
/// Pages that are gone, each at an index, found again by the shadow that it left in its own table entry. For policies that keep their
/// ghosts in one order with the resident pages, and so need no lists here. A shadow whose ghost has since been dropped is known by
/// the page not matching.
/// </summary>
public struct GhostTable
{
    private readonly FrameArray<ulong> _pages;
    private readonly FrameArray<int> _nextFree;
    private int _free;
    private int _unused;

    /// <summary>An empty table with room for <paramref name="capacity"/> ghosts.</summary>
    public GhostTable(long capacity)
    {
        Capacity = (int)Math.Min(capacity, (1 << Shadow.Bits) - 2);
        _pages = new FrameArray<ulong>(Capacity);
        _nextFree = new FrameArray<int>(Capacity);
        _free = -1;
    }

    /// <summary>Ghosts that there is room for; every index is below it.</summary>
    public int Capacity { get; }

    /// <summary>Ghosts in the table.</summary>
    public int Count { get; private set; }

    /// <summary>The index of the ghost of <paramref name="page"/>, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Find(PageIdentity page, Shadow shadow)
    {
        int index = (int)shadow.Value - 1;
        return (uint)index < (uint)Capacity && _pages[index] == page.Value + 1 ? index : -1;
    }

    /// <summary>The shadow that leads to a ghost.</summary>
    public static Shadow ShadowOf(int index) => new((uint)index + 1);

    /// <summary>Adds a ghost and returns its index. The caller has made room.</summary>
    public int Add(PageIdentity page)
    {
        int index = _free;
        if (index >= 0) _free = _nextFree[index];
        else if (_unused < Capacity) index = _unused++;
        else throw new InvalidOperationException($"no room for another ghost beside {Capacity}");
        _pages[index] = page.Value + 1;
        Count++;
        return index;
    }

    /// <summary>Forgets a ghost.</summary>
    public void Remove(int index)
    {
        _pages[index] = 0;
        _nextFree[index] = _free;
        _free = index;
        Count--;
    }
}
