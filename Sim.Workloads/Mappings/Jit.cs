using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Options of <see cref="Jit"/>.</summary>
public sealed record JitOptions
{
    [Option("Pages of the code cache", Minimum = 16, Maximum = 1 << 20)]
    public long Cache { get; init; } = 4096;

    [Option("The median of what is opened at once, in pages; log-normal", Minimum = 1, Maximum = 1024)]
    public long Chunk { get; init; } = 4;

    [Option("Chunks that are open at once: compilers that work in parallel", Minimum = 1, Maximum = 64)]
    public int Open { get; init; } = 2;
}

/// <summary>
/// A just-in-time compiler that never has code both writable and executable: it opens a piece of the code cache for stores, writes, and makes it executable
/// again, so that mappings are split and should merge back.
/// </summary>
[Paper("Opens pieces of a code cache for stores and makes them executable again, never both at once.",
    "W^X of JavaScript engines: J. de Mooij, W^X JIT-code enabled in Firefox, 2015")]
public sealed class Jit : IMappingModel, IMappingModel<Jit, JitOptions>
{
    private const Protection Executable = Protection.Read | Protection.Execute;
    private const int CacheRegion = 1;
    private readonly JitOptions _options;
    private readonly Lengths _chunk;
    private readonly Queue<Region> _open = new();
    private RandomStream _random;
    private bool _isMapped;

    private Jit(JitOptions options, ulong seed)
    {
        _options = options;
        _chunk = new Lengths(LengthDistribution.LogNormal, options.Chunk, 0.8, options.Cache / 4);
        _random = new RandomStream(seed);
    }

    /// <inheritdoc/>
    public static string Name => "jit";

    /// <inheritdoc/>
    public static Jit Create(JitOptions options, ulong seed) => new(options, seed);

    /// <inheritdoc/>
    public MappingCall Next()
    {
        if (!_isMapped)
        {
            _isMapped = true;
            return new MappingCall(MappingCallKind.Map, CacheRegion, 0, _options.Cache, Executable);
        }
        if (_open.Count == _options.Open)
        {
            Region done = _open.Dequeue();
            return new MappingCall(MappingCallKind.Protect, CacheRegion, done.First, done.Pages, Executable);
        }
        long pages = _chunk.Draw(ref _random), first = (long)_random.Below((ulong)(_options.Cache - pages + 1));
        // Two compilers do not write into the same pages: one that meets another's chunk waits, and here closes that first.
        if (Overlaps(first, pages))
        {
            Region done = _open.Dequeue();
            return new MappingCall(MappingCallKind.Protect, CacheRegion, done.First, done.Pages, Executable);
        }
        _open.Enqueue(new Region(CacheRegion, _options.Cache, first, pages, true));
        return new MappingCall(MappingCallKind.Protect, CacheRegion, first, pages, Protection.ReadWrite);
    }

    /// <summary>Stores go to the oldest open chunk; everything may be read.</summary>
    public MappedPage Reference() => _open.TryPeek(out Region chunk) && _random.NextDouble() < 0.5
        ? chunk.Touch(ref _random, 1)
        : new Region(CacheRegion, _options.Cache, 0, _options.Cache, false).Touch(ref _random, 0);

    private bool Overlaps(long first, long pages)
    {
        foreach (Region chunk in _open)
        {
            if (first < chunk.First + chunk.Pages && chunk.First < first + pages) return true;
        }
        return false;
    }
}
