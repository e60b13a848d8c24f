using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Options of <see cref="Database"/>.</summary>
public sealed record DatabaseOptions
{
    [Option("Pieces of files that are mapped at once; Linux allows 65530 mappings in all", Minimum = 2, Maximum = 1e6)]
    public int Maps { get; init; } = 10_000;

    [Option("The median length of a piece, in pages; log-normal", Minimum = 1, Maximum = 1 << 16)]
    public long Median { get; init; } = 4;

    [Option("Files that the pieces are taken from", Minimum = 1, Maximum = 10_000)]
    public int Files { get; init; } = 16;
}

/// <summary>
/// A database or search engine that maps its files piece by piece: thousands of mappings that never merge, since neighbours in memory are not neighbours in a
/// file. Each is asked for just below the one before. Once all are there, any one is replaced, in its place, by another piece. References go to all alike.
/// </summary>
[Paper("Maps its files piece by piece: thousands of mappings that never merge, one replaced for each that is new.",
    "as Lucene's MMapDirectory and LSM stores do: A. Crotty, V. Leis, A. Pavlo, Are you sure you want to use mmap in your DBMS, CIDR 2022")]
public sealed class Database : IMappingModel, IMappingModel<Database, DatabaseOptions>
{
    private readonly DatabaseOptions _options;
    private readonly Lengths _lengths;
    private readonly LiveRegions _pieces = new();
    private readonly long[] _used;
    private RandomStream _random;

    private Database(DatabaseOptions options, ulong seed)
    {
        _options = options;
        _lengths = new Lengths(LengthDistribution.LogNormal, options.Median, 0.8, 1 << 18);
        _used = new long[options.Files];
        _random = new RandomStream(seed);
    }

    /// <inheritdoc/>
    public static string Name => "database";

    /// <inheritdoc/>
    public static Database Create(DatabaseOptions options, ulong seed) => new(options, seed);

    /// <inheritdoc/>
    public MappingCall Next()
    {
        int file = (int)_random.Below((ulong)_options.Files);
        if (_pieces.Count >= _options.Maps)
        {
            Region piece = _pieces[_pieces.Any(ref _random)];
            return new MappingCall(MappingCallKind.MapInside, piece.Number, 0, piece.Length, Protection.ReadWrite, File: file + 1, FileOffset: Take(file, piece.Length));
        }
        long pages = _lengths.Draw(ref _random);
        (int near, long offset) = _pieces.Count > 0 ? (_pieces[_pieces.Count - 1].Number, -pages) : (0, 0);
        var added = new Region(_pieces.NewNumber(), pages, 0, pages, true, file + 1);
        _pieces.Add(added);
        return new MappingCall(MappingCallKind.Map, added.Number, offset, pages, Protection.ReadWrite, File: added.File, FileOffset: Take(file, pages), Near: near);
    }

    /// <inheritdoc/>
    public MappedPage Reference() => _pieces.Touch(ref _random, 0.3);

    /// <summary>The next pages of a file. One is left out between any two pieces.</summary>
    private long Take(int file, long pages)
    {
        long first = _used[file];
        _used[file] += pages + 1;
        return first;
    }
}
