using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Physical;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// From a frame to its mappings: every leaf entry that maps it, from which table, page and address space follow. Nobody else reads a handle.
/// <code>
///   handle   0                          mapped nowhere
///            address of an entry        mapped once
///            node's index * 2 + 1       mapped more often: a chain of nodes, each an entry and the next node
/// </code>
/// A page that one mapping has, which is nearly every page, costs one word in its frame. Linux finds the same entries by walking the anon_vmas or the
/// file's mappings and looking in each whether the page is there; what it would visit is what the chain holds.
/// </summary>
public sealed unsafe class ReverseMap
{
    private readonly List<Node> _nodes = [];
    private int _free = -1;

    /// <summary>Nodes in use: entries of pages that are mapped more than once.</summary>
    internal int ChainedEntries { get; private set; }

    /// <summary>Maps a frame at an entry, beside where it is mapped already, and writes the entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Map(ref Frame frame, ulong* entry, ulong value)
    {
        if (frame.ReverseMap == 0) frame.ReverseMap = (ulong)entry;
        else Chain(ref frame, entry);
        PageTable.Set(entry, value);
    }

    /// <summary>Takes the mapping of a frame at an entry away, leaving <paramref name="remains"/> there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Unmap(ref Frame frame, ulong* entry, ulong remains)
    {
        if (frame.ReverseMap == (ulong)entry) frame.ReverseMap = 0;
        else Unchain(ref frame, entry);
        PageTable.Set(entry, remains);
    }

    /// <summary>Takes the only mapping of a frame away, where something remains in its entry.</summary>
    internal static void Evict(ref Frame frame, ulong remains)
    {
        PageTable.Replace((ulong*)frame.ReverseMap, remains);
        frame.ReverseMap = 0;
    }

    /// <summary>Whether a frame is mapped more than once.</summary>
    internal static bool IsShared(in Frame frame) => (frame.ReverseMap & 1) != 0;

    /// <summary>The entry of a frame that is mapped once; null when it is mapped nowhere or more often.</summary>
    internal static ulong* EntryOf(in Frame frame) => (frame.ReverseMap & 1) == 0 ? (ulong*)frame.ReverseMap : null;

    /// <summary>How often a frame is mapped: its mapcount.</summary>
    internal int CountOf(in Frame frame)
    {
        if ((frame.ReverseMap & 1) == 0) return frame.ReverseMap == 0 ? 0 : 1;
        int count = 0;
        for (int node = (int)(frame.ReverseMap >> 1); node >= 0; node = _nodes[node].Next) count++;
        return count;
    }

    /// <summary>Whether an entry is among a frame's mappings.</summary>
    internal bool Maps(in Frame frame, ulong* entry)
    {
        ulong* at = First(frame, out int next);
        while (at != null && at != entry) at = Next(ref next);
        return at != null;
    }

    /// <summary>The first mapping of a frame, or null. The walk is over when <see cref="Next"/> gives null.</summary>
    internal ulong* First(in Frame frame, out int next)
    {
        next = -1;
        if ((frame.ReverseMap & 1) == 0) return (ulong*)frame.ReverseMap;
        Node node = _nodes[(int)(frame.ReverseMap >> 1)];
        next = node.Next;
        return (ulong*)node.Entry;
    }

    /// <summary>The mapping after, or null. Nothing may be mapped or unmapped during a walk.</summary>
    internal ulong* Next(ref int next)
    {
        if (next < 0) return null;
        Node node = _nodes[next];
        next = node.Next;
        return (ulong*)node.Entry;
    }

    private void Chain(ref Frame frame, ulong* entry)
    {
        int rest = (frame.ReverseMap & 1) != 0 ? (int)(frame.ReverseMap >> 1) : Take((nint)frame.ReverseMap, -1);
        frame.ReverseMap = ((ulong)Take((nint)entry, rest) << 1) | 1;
    }

    private void Unchain(ref Frame frame, ulong* entry)
    {
        if ((frame.ReverseMap & 1) == 0) throw new InvalidOperationException("a frame is unmapped where it is not mapped");
        int before = -1, at = (int)(frame.ReverseMap >> 1);
        while (at >= 0 && _nodes[at].Entry != (nint)entry) (before, at) = (at, _nodes[at].Next);
        if (at < 0) throw new InvalidOperationException("a frame is unmapped where it is not mapped");
        int rest = _nodes[at].Next;
        if (before < 0) frame.ReverseMap = ((ulong)rest << 1) | 1;
        else _nodes[before] = _nodes[before] with { Next = rest };
        Give(at);
        int head = (int)(frame.ReverseMap >> 1);
        if (_nodes[head].Next >= 0) return;
        frame.ReverseMap = (ulong)_nodes[head].Entry;
        Give(head);
    }

    private int Take(nint entry, int next)
    {
        ChainedEntries++;
        int index = _free;
        if (index < 0)
        {
            _nodes.Add(new Node(entry, next));
            return _nodes.Count - 1;
        }
        _free = _nodes[index].Next;
        _nodes[index] = new Node(entry, next);
        return index;
    }

    private void Give(int index)
    {
        ChainedEntries--;
        _nodes[index] = new Node(0, _free);
        _free = index;
    }

    private readonly record struct Node(nint Entry, int Next);
}
