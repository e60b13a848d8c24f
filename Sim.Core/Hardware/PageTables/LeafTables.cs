using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sim.Core.Units;

namespace Sim.Core.Hardware.PageTables;

/// <summary>
/// The host memory of all leaf tables of a machine. A leaf is 512 entries of 8 bytes; leaves lie in chunks of 2 MiB that are aligned to their
/// size, so that the address of an entry alone tells which table, address space and page it is: a reverse map is one pointer a frame.
/// <code>
///   chunk   | headers of 64 bytes, one a leaf : 8 leaves' room | leaf 8 | leaf 9 | ... | leaf 511 |
///   0                                                            32 KiB                           2 MiB
/// </code>
/// </summary>
public sealed unsafe class LeafTables
{
    /// <summary>Entries of a leaf.</summary>
    public const int Entries = 512;

    private const int LeafBytes = Entries * sizeof(ulong);
    private const int ChunkBytes = 2 << 20;
    private const int HeaderBytes = 64;
    private const int FirstLeaf = ChunkBytes / LeafBytes * HeaderBytes / LeafBytes;
    private const int LeavesPerChunk = ChunkBytes / LeafBytes;
    private readonly List<HostBlock> _chunks = [];
    private readonly Stack<nint> _free = new();
    private readonly Dictionary<nint, List<int>> _sharers = [];
    private int _next = LeavesPerChunk;

    /// <summary>An empty leaf for the 512 pages from <paramref name="firstPage"/> of an address space.</summary>
    public ulong* Take(int addressSpace, ulong firstPage, FrameNumber frame)
    {
        if (!_free.TryPop(out nint leaf))
        {
            if (_next == LeavesPerChunk)
            {
                _chunks.Add(new HostBlock(ChunkBytes));
                _next = FirstLeaf;
            }
            leaf = (nint)_chunks[^1].Start + (nint)_next++ * LeafBytes;
        }
        var entries = (ulong*)leaf;
        HeaderOf(entries) = new LeafHeader { AddressSpace = addressSpace, FirstPage = firstPage, Frame = frame };
        return entries;
    }

    /// <summary>Gives back a leaf, all of whose entries are empty.</summary>
    public void Return(ulong* leaf)
    {
        Debug.Assert(new ReadOnlySpan<ulong>(leaf, Entries).IndexOfAnyExcept(0UL) < 0, "a leaf that is given back still has entries");
        _free.Push((nint)leaf);
    }

    /// <summary>The address spaces other than its first that have the leaf of an entry, in the order in which they came to it.</summary>
    public IReadOnlyList<int> SharersOf(ulong* entry) => HeaderOf(entry).Sharers == 0 ? [] : _sharers[LeafOf(entry)];

    /// <summary>Gives an address space a part in another one's leaf.</summary>
    internal void Share(ulong* leaf, int addressSpace)
    {
        ref LeafHeader header = ref HeaderOf(leaf);
        if (header.Sharers++ == 0) _sharers.Add((nint)leaf, []);
        _sharers[(nint)leaf].Add(addressSpace);
    }

    /// <summary>Takes an address space's part in a shared leaf away.</summary>
    internal void Leave(ulong* leaf, int addressSpace)
    {
        ref LeafHeader header = ref HeaderOf(leaf);
        List<int> others = _sharers[(nint)leaf];
        if (header.AddressSpace == addressSpace)
        {
            header.AddressSpace = others[0];
            others.RemoveAt(0);
        }
        else others.Remove(addressSpace);
        if (--header.Sharers == 0) _sharers.Remove((nint)leaf);
    }

    private static nint LeafOf(ulong* entry) => (nint)entry / LeafBytes * LeafBytes;

    /// <summary>What is known of the leaf that an entry stands in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref LeafHeader HeaderOf(ulong* entry) => ref *HeaderAddressOf(entry);

    /// <summary>Where that is kept, for who only fetches it into the cache: the entry may be null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LeafHeader* HeaderAddressOf(ulong* entry)
    {
        nint chunk = (nint)entry & ~(nint)(ChunkBytes - 1);
        nint leaf = ((nint)entry - chunk) / LeafBytes;
        return (LeafHeader*)(chunk + leaf * HeaderBytes);
    }

    /// <summary>The virtual page that an entry maps.</summary>
    public static PageNumber PageOf(ulong* entry) => new(HeaderOf(entry).FirstPage + (ulong)((nint)entry % LeafBytes / sizeof(ulong)));
}
