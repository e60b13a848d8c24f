using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Options of <see cref="Loader"/>.</summary>
public sealed record LoaderOptions
{
    [Option("Libraries that are loaded at once; from then on one is unloaded for each that is loaded", Minimum = 2, Maximum = 1e5)]
    public int Live { get; init; } = 100;

    [Option("The median size of a library's file, in pages; log-normal", Minimum = 8, Maximum = 1 << 16)]
    public long Median { get; init; } = 60;
}

/// <summary>
/// A dynamic loader that maps libraries as ld.so does: the whole file to be read, then text, constants and data over it, anonymous pages for what is beyond the
/// file, and a read-only part of the data after relocation.
/// <code>
///   | headers r | text r-x | constants r | relro r | data rw | bss rw, anonymous |
/// </code>
/// </summary>
[Paper("Maps libraries segment by segment over one mapping of the whole file, and makes the relocated part read-only: ld.so.",
    "U. Drepper, How To Write Shared Libraries, 2011; glibc's elf/dl-load.c")]
public sealed class Loader : IMappingModel, IMappingModel<Loader, LoaderOptions>
{
    private readonly LoaderOptions _options;
    private readonly Lengths _sizes;
    private readonly LiveRegions _libraries = new();
    private readonly Queue<MappingCall> _pending = new();
    private RandomStream _random;

    private Loader(LoaderOptions options, ulong seed)
    {
        _options = options;
        _sizes = new Lengths(LengthDistribution.LogNormal, options.Median, 1, 1 << 16);
        _random = new RandomStream(seed);
    }

    /// <inheritdoc/>
    public static string Name => "loader";

    /// <inheritdoc/>
    public static Loader Create(LoaderOptions options, ulong seed) => new(options, seed);

    /// <inheritdoc/>
    public MappingCall Next()
    {
        if (_pending.Count == 0) Load();
        return _pending.Dequeue();
    }

    /// <summary>The first page of every library may be read from its first call on; what follows is left to the faults of relocation, which are not modelled.</summary>
    public MappedPage Reference() => _libraries.Touch(ref _random, 0);

    private void Load()
    {
        if (_libraries.Count >= _options.Live)
        {
            Region gone = _libraries.Take(_libraries.Any(ref _random));
            _pending.Enqueue(new MappingCall(MappingCallKind.Unmap, gone.Number, 0, gone.Length));
            return;
        }
        int number = _libraries.NewNumber();
        long pages = 16 + _sizes.Draw(ref _random), text = pages / 2, constants = pages / 8, relro = 1 + pages / 32;
        long constantsAt = 1 + text, dataAt = constantsAt + constants, file = pages - 2;
        _pending.Enqueue(new MappingCall(MappingCallKind.Map, number, 0, pages, Protection.Read, File: number));
        _pending.Enqueue(new MappingCall(MappingCallKind.MapInside, number, 1, text, Protection.Read | Protection.Execute, File: number, FileOffset: 1));
        _pending.Enqueue(new MappingCall(MappingCallKind.MapInside, number, constantsAt, constants, Protection.Read, File: number, FileOffset: constantsAt));
        _pending.Enqueue(new MappingCall(MappingCallKind.MapInside, number, dataAt, file - dataAt, Protection.ReadWrite, File: number, FileOffset: dataAt - 1));
        _pending.Enqueue(new MappingCall(MappingCallKind.MapInside, number, file, 2, Protection.ReadWrite));
        _pending.Enqueue(new MappingCall(MappingCallKind.Protect, number, dataAt, relro, Protection.Read));
        _libraries.Add(new Region(number, pages, 0, constantsAt, false));
    }
}
