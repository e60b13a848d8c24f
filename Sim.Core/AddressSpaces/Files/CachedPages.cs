using System.Collections.Generic;

namespace Sim.Core.AddressSpaces.Files;

/// <summary>The pages of one file that are in memory: the kernel's address_space. Found by page, listed in order.</summary>
public sealed class CachedPages
{
    private const int ChunkShift = 9;
    private const int ChunkPages = 1 << ChunkShift;
    private readonly SortedDictionary<ulong, Folio?[]> _chunks = [];

    /// <summary>Pages in memory.</summary>
    public long Count { get; private set; }

    /// <summary>The folio that holds a page, or null.</summary>
    public Folio? Find(ulong page) => _chunks.TryGetValue(page >> ChunkShift, out Folio?[]? chunk) ? chunk[page & (ChunkPages - 1)] : null;

    /// <summary>The folios that hold pages of [start, end), in order.</summary>
    public List<Folio> In(ulong start, ulong end)
    {
        var folios = new List<Folio>();
        foreach ((ulong key, Folio?[] chunk) in _chunks)
        {
            if (key + 1 << ChunkShift <= start || key << ChunkShift >= end) continue;
            for (int i = 0; i < ChunkPages; i++)
            {
                ulong page = (key << ChunkShift) + (ulong)i;
                if (page >= start && page < end && chunk[i] is { } folio && (folios.Count == 0 || !ReferenceEquals(folios[^1], folio))) folios.Add(folio);
            }
        }
        return folios;
    }

    /// <summary>The first page from <paramref name="page"/> on that is not here, but at most <paramref name="most"/> pages on.</summary>
    public ulong NextMiss(ulong page, ulong most)
    {
        ulong at = page;
        while (at < page + most && Find(at) is not null) at++;
        return at;
    }

    internal void Add(Folio folio) => Put(folio, folio);

    internal void Remove(Folio folio) => Put(folio, null);

    private void Put(Folio folio, Folio? value)
    {
        for (ulong page = folio.Start; page < folio.End; page++)
        {
            if (!_chunks.TryGetValue(page >> ChunkShift, out Folio?[]? chunk)) _chunks.Add(page >> ChunkShift, chunk = new Folio?[ChunkPages]);
            chunk[page & (ChunkPages - 1)] = value;
        }
        Count += value is null ? -folio.Pages : folio.Pages;
    }
}
