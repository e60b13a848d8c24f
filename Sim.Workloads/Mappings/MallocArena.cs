using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Options of <see cref="MallocArena"/>.</summary>
public sealed record MallocArenaOptions
{
    [Option("Arenas of threads beside the main one, which is the heap of brk", Minimum = 1, Maximum = 1024)]
    public int Arenas { get; init; } = 8;

    [Option("The median of what an arena grows by, in pages; log-normal", Minimum = 1, Maximum = 4096)]
    public long Growth { get; init; } = 33;

    [Option("Share of calls for allocations too large for an arena, which are mapped and unmapped on their own", Minimum = 0, Maximum = 1)]
    public double Large { get; init; } = 0.3;

    [Option("Large allocations that live at once", Minimum = 1, Maximum = 1e5)]
    public int LiveLarge { get; init; } = 100;

    [Option("Share of changes of an arena that give back its upper half", Minimum = 0, Maximum = 1)]
    public double Trims { get; init; } = 0.1;
}

/// <summary>
/// An allocator like glibc's malloc. Each arena is 64 MiB of address space without access, of which mprotect opens as much from the bottom as is in use; the
/// main arena is the heap of brk; what is larger than 128 KiB is mapped on its own (Pareto, exponent 1.2) and unmapped when it is freed.
/// </summary>
[Paper("Arenas that mprotect opens from the bottom, a heap of brk, and large allocations mapped on their own: glibc's malloc.",
    "W. Gloger, D. Lea, ptmalloc, 1996-2006, as in glibc's malloc/arena.c")]
public sealed class MallocArena : IMappingModel, IMappingModel<MallocArena, MallocArenaOptions>
{
    private const long ArenaPages = 16_384, LargePages = 33, MostLargePages = 1 << 15, MostHeapPages = 1 << 18;
    private readonly MallocArenaOptions _options;
    private readonly Lengths _growth, _large;
    private readonly LiveRegions _arenas = new(), _larges = new();
    private RandomStream _random;
    private long _heapPages;

    private MallocArena(MallocArenaOptions options, ulong seed)
    {
        _options = options;
        _growth = new Lengths(LengthDistribution.LogNormal, options.Growth, 1, ArenaPages / 4);
        _large = new Lengths(LengthDistribution.Pareto, 2 * LargePages, 1.2, MostLargePages);
        _random = new RandomStream(seed);
    }

    /// <inheritdoc/>
    public static string Name => "malloc-arena";

    /// <inheritdoc/>
    public static MallocArena Create(MallocArenaOptions options, ulong seed) => new(options, seed);

    /// <inheritdoc/>
    public MappingCall Next()
    {
        if (_heapPages == 0) return GrowHeap();
        if (_random.NextDouble() < _options.Large) return Large();
        ulong arena = _random.Below((ulong)_options.Arenas + 1);
        if (arena == 0) return GrowHeap();
        return arena > (ulong)_arenas.Count ? NewArena() : Change((int)arena - 1);
    }

    /// <inheritdoc/>
    public MappedPage Reference()
    {
        if (_larges.Count > 0 && _random.NextDouble() < _options.Large) return _larges.Touch(ref _random, 0.7);
        int arena = (int)_random.Below((ulong)_arenas.Count + 1) - 1;
        return arena >= 0 && _arenas[arena].Pages > 0
            ? _arenas[arena].Touch(ref _random, 0.7)
            : new Region(MappingCall.Heap, _heapPages, 0, _heapPages, true).Touch(ref _random, 0.7);
    }

    private MappingCall GrowHeap()
    {
        long pages = _heapPages > 0 && _random.NextDouble() < _options.Trims ? -(_heapPages / 2) : _growth.Draw(ref _random);
        if (pages == 0 || _heapPages + pages > MostHeapPages) pages = -(_heapPages / 2);
        _heapPages += pages;
        return new MappingCall(MappingCallKind.Break, MappingCall.Heap, 0, pages);
    }

    private MappingCall NewArena()
    {
        var arena = new Region(2 * _arenas.NewNumber(), ArenaPages, 0, 0, true);
        _arenas.Add(arena);
        return new MappingCall(MappingCallKind.Map, arena.Number, 0, ArenaPages);
    }

    private MappingCall Change(int place)
    {
        Region arena = _arenas[place];
        long growth = _growth.Draw(ref _random), kept = arena.Pages / 2;
        bool isTrim = kept > 0 && (arena.Pages + growth > ArenaPages || _random.NextDouble() < _options.Trims);
        _arenas[place] = arena with { Pages = isTrim ? kept : arena.Pages + growth };
        return isTrim
            ? new MappingCall(MappingCallKind.MapInside, arena.Number, kept, arena.Pages - kept)
            : new MappingCall(MappingCallKind.Protect, arena.Number, arena.Pages, growth, Protection.ReadWrite);
    }

    private MappingCall Large()
    {
        if (_larges.Count >= _options.LiveLarge)
        {
            Region gone = _larges.Take(_larges.Dying(Lifetime.Generational, ref _random));
            return new MappingCall(MappingCallKind.Unmap, gone.Number, 0, gone.Length);
        }
        long pages = Math.Max(LargePages, _large.Draw(ref _random));
        var region = new Region(2 * _larges.NewNumber() + 1, pages, 0, pages, true);
        _larges.Add(region);
        return new MappingCall(MappingCallKind.Map, region.Number, 0, pages, Protection.ReadWrite);
    }
}
