using System;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Traces;

namespace Sim.Workloads.Programs;

/// <summary>Turns page numbers within a region into references: adds the region's address and draws which are stores.</summary>
internal sealed class ReferenceSource
{
    private readonly uint[] _pages = new uint[4096];
    private readonly IReferenceModel? _model;
    private readonly PageTrace? _string;
    private readonly ulong _storeThreshold;
    private RandomStream _stores;
    private long _position;

    private ReferenceSource(double writeShare, ulong seed)
    {
        _storeThreshold = (ulong)Math.Round(Math.Clamp(writeShare, 0, 1) * (1L << 32));
        _stores = new RandomStream(RandomStream.SeedOf(seed, 0, "stores"));
    }

    /// <summary>References from a model.</summary>
    public ReferenceSource(IReferenceModel model, double writeShare, ulong seed) : this(writeShare, seed) => _model = model;

    /// <summary>References from a page string.</summary>
    public ReferenceSource(PageTrace pages, double writeShare, ulong seed) : this(writeShare, seed) => _string = pages;

    /// <summary>Starts a page string over again; a model goes on.</summary>
    public void Rewind() => _position = 0;

    /// <summary>Fills <paramref name="words"/> with the next references to the region that starts at <paramref name="first"/>.</summary>
    public void Fill(Span<ulong> words, ulong first)
    {
        for (int done = 0; done < words.Length;)
        {
            int count = Math.Min(words.Length - done, _pages.Length);
            ReadOnlySpan<uint> pages = NextPages(count);
            Span<ulong> part = words.Slice(done, count);
            if (_storeThreshold == 0) Place(pages, part, first, 0);
            else if (_storeThreshold >= 1UL << 32) Place(pages, part, first, ReferenceWord.Store);
            else PlaceMixed(pages, part, first);
            done += count;
        }
    }

    private ReadOnlySpan<uint> NextPages(int count)
    {
        if (_model is not null)
        {
            _model.Fill(_pages.AsSpan(0, count));
            return _pages.AsSpan(0, count);
        }
        ReadOnlySpan<uint> pages = _string!.References.Slice((int)_position, count);
        _position += count;
        return pages;
    }

    private static void Place(ReadOnlySpan<uint> pages, Span<ulong> words, ulong first, ulong flags)
    {
        for (int i = 0; i < words.Length; i++) words[i] = ReferenceWord.Of(first + pages[i], flags);
    }

    private void PlaceMixed(ReadOnlySpan<uint> pages, Span<ulong> words, ulong first)
    {
        for (int i = 0; i < words.Length; i++)
        {
            ulong store = (uint)_stores.Next() < _storeThreshold ? ReferenceWord.Store : 0;
            words[i] = ReferenceWord.Of(first + pages[i], store);
        }
    }
}
