using System;
using System.Collections.Generic;
using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces.Files;

/// <summary>
/// The pages of one file that are in memory: the kernel's address_space. Found by page, listed in order. The place of a page that was evicted keeps what the
/// replacement policy remembers of it, and of shared memory, where it lies in swap, for all who map it.
/// <code>
///   place of an evicted page   | slot + 1 : 31 | 1 | unused : 2 | shadow : 30 |
///                                     33        32                    0
/// </code>
/// </summary>
public sealed class CachedPages
{
    private const int ChunkShift = 9;
    private const int ChunkPages = 1 << ChunkShift;
    private const int SlotShift = 33;
    private const ulong Evicted = 1UL << 32;
    private readonly Dictionary<ulong, Folio?[]> _chunks = [];
    private readonly SortedDictionary<ulong, ulong[]> _shadows = [];
    private ulong _endOfChunks;

    /// <summary>Pages in memory.</summary>
    public long Count { get; private set; }

    /// <summary>The folio that holds a page, or null.</summary>
    public Folio? Find(ulong page) => _chunks.TryGetValue(page >> ChunkShift, out Folio?[]? chunk) ? chunk[page & (ChunkPages - 1)] : null;

    /// <summary>The folios that hold pages of [start, end), in order.</summary>
    public List<Folio> In(ulong start, ulong end)
    {
        var folios = new List<Folio>();
        for (ulong key = start >> ChunkShift; key < _endOfChunks && key << ChunkShift < end; key++)
        {
            if (!_chunks.TryGetValue(key, out Folio?[]? chunk)) continue;
            for (int i = 0; i < ChunkPages; i++)
            {
                ulong page = (key << ChunkShift) + (ulong)i;
                if (page >= start && page < end && chunk[i] is { } folio && (folios.Count == 0 || !ReferenceEquals(folios[^1], folio))) folios.Add(folio);
            }
        }
        return folios;
    }

    /// <summary>The first page from <paramref name="page"/> on that is not here, as far as the kernel's walk tells, but at most <paramref name="most"/> pages on: page_cache_next_miss.</summary>
    public ulong NextMiss(ulong page, ulong most)
    {
        var walk = new CacheWalk(this, page);
        while (walk.IsCached && walk.Page < page + most) walk.MoveUp();
        return walk.Page;
    }

    /// <summary>
    /// The first page from <paramref name="page"/> down that is not here, as far as the kernel's walk tells, <see cref="ulong.MaxValue"/> where all are, or else
    /// the last of <paramref name="most"/> pages: page_cache_prev_miss.
    /// </summary>
    public ulong PreviousMiss(ulong page, ulong most)
    {
        var walk = new CacheWalk(this, page);
        while (walk.IsCached && --most > 0) walk.MoveDown();
        return walk.Page;
    }

    /// <summary>Whether a page that is not here was here before and was evicted, and what the policy remembers of it.</summary>
    public bool WasEvicted(ulong page, out Shadow shadow)
    {
        ulong kept = PlaceOf(page);
        shadow = new Shadow((uint)kept);
        return kept != 0;
    }

    /// <summary>The slot that a page was evicted to, or -1.</summary>
    public int SlotOf(ulong page) => (int)(PlaceOf(page) >> SlotShift) - 1;

    /// <summary>The slots that pages of [start, end) were evicted to.</summary>
    public IEnumerable<int> SlotsIn(ulong start, ulong end)
    {
        foreach ((ulong key, ulong[] chunk) in _shadows)
        {
            for (int i = 0; i < ChunkPages; i++)
            {
                ulong page = (key << ChunkShift) + (ulong)i;
                if (page >= start && page < end && chunk[i] >> SlotShift != 0) yield return (int)(chunk[i] >> SlotShift) - 1;
            }
        }
    }

    private ulong PlaceOf(ulong page) => _shadows.TryGetValue(page >> ChunkShift, out ulong[]? chunk) ? chunk[page & (ChunkPages - 1)] : 0;

    /// <summary>Remembers a page that is evicted, to a slot if it has one.</summary>
    internal void Remember(ulong page, Shadow shadow, int slot = -1)
    {
        if (!_shadows.TryGetValue(page >> ChunkShift, out ulong[]? chunk)) _shadows.Add(page >> ChunkShift, chunk = new ulong[ChunkPages]);
        chunk[page & (ChunkPages - 1)] = (ulong)(slot + 1) << SlotShift | Evicted | shadow.Value;
    }

    /// <summary>Forgets a page that there is no more, or that is here again.</summary>
    internal void Forget(ulong page)
    {
        if (_shadows.TryGetValue(page >> ChunkShift, out ulong[]? chunk)) chunk[page & (ChunkPages - 1)] = 0;
    }

    /// <summary>The same for a range.</summary>
    internal void ForgetFrom(ulong start, ulong end)
    {
        foreach ((ulong key, ulong[] chunk) in _shadows)
        {
            for (int i = 0; i < ChunkPages; i++)
            {
                ulong page = (key << ChunkShift) + (ulong)i;
                if (page >= start && page < end) chunk[i] = 0;
            }
        }
    }

    internal void Add(Folio folio) => Put(folio, folio);

    internal void Remove(Folio folio) => Put(folio, null);

    private void Put(Folio folio, Folio? value)
    {
        for (ulong page = folio.Start; page < folio.End; page++)
        {
            ulong key = page >> ChunkShift;
            if (!_chunks.TryGetValue(key, out Folio?[]? chunk)) _chunks.Add(key, chunk = new Folio?[ChunkPages]);
            chunk[page & (ChunkPages - 1)] = value;
            _endOfChunks = ulong.Max(_endOfChunks, key + 1);
        }
        Count += value is null ? -folio.Pages : folio.Pages;
    }
}
