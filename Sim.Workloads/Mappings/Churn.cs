using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Options of <see cref="Churn"/>.</summary>
public sealed record ChurnOptions
{
    [Option("Mappings that live at once, when the first have begun to go", Minimum = 2, Maximum = 1e6)]
    public int Live { get; init; } = 500;

    [Option("How lengths vary: log-normal, pareto or constant")]
    public LengthDistribution Lengths { get; init; } = LengthDistribution.LogNormal;

    [Option("The median length, in pages", Minimum = 1, Maximum = 1 << 20)]
    public long Median { get; init; } = 16;

    [Option("Standard deviation of the logarithm, or the exponent of the Pareto distribution", Minimum = 0.05, Maximum = 20)]
    public double Spread { get; init; } = 1.2;

    [Option("Share of new mappings that ask for the place directly above a living one", Minimum = 0, Maximum = 1)]
    public double Adjacency { get; init; } = 0.3;

    [Option("Share of new mappings that map a file, each at another place of it", Minimum = 0, Maximum = 1)]
    public double Files { get; init; } = 0.1;

    [Option("Share of new mappings that may only be read", Minimum = 0, Maximum = 1)]
    public double ReadOnly { get; init; } = 0.2;

    [Option("Share of calls that change the access of a mapping or of its upper half", Minimum = 0, Maximum = 0.9)]
    public double Protects { get; init; } = 0.2;

    [Option("Share of calls that double or halve a mapping", Minimum = 0, Maximum = 0.9)]
    public double Resizes { get; init; } = 0.05;

    [Option("Which mapping goes when one goes: memoryless, generational or oldest")]
    public Lifetime Lifetime { get; init; } = Lifetime.Memoryless;

    [Option("Share of references to writable pages that are stores", Minimum = 0, Maximum = 1)]
    public double Stores { get; init; } = 0.7;
}

/// <summary>
/// A population of mappings of drawn lengths that come, change and go. Grows to its size, and then every new mapping costs another one its life. A range whose
/// upper half changes access keeps its old access in the lower half: references go there.
/// </summary>
[Paper("A population of mappings of drawn lengths, access and backing that come, change and go.",
    "in the manner of synthetic allocators' loads: B. Zorn, D. Grunwald, Evaluating models of memory allocation, ACM TOMACS 4(1), 1994")]
public sealed class Churn : IMappingModel, IMappingModel<Churn, ChurnOptions>
{
    private const long MostPages = 1 << 20;
    private readonly ChurnOptions _options;
    private readonly Lengths _lengths;
    private readonly LiveRegions _regions = new();
    private RandomStream _random;
    private long _filePage;

    private Churn(ChurnOptions options, ulong seed)
    {
        _options = options;
        _lengths = new Lengths(options.Lengths, options.Median, options.Spread, MostPages);
        _random = new RandomStream(seed);
    }

    /// <inheritdoc/>
    public static string Name => "churn";

    /// <inheritdoc/>
    public static Churn Create(ChurnOptions options, ulong seed) => new(options, seed);

    /// <inheritdoc/>
    public MappingCall Next()
    {
        double kind = _random.NextDouble();
        if (_regions.Count > 2 && kind < _options.Protects) return Protect();
        if (_regions.Count > 2 && kind < _options.Protects + _options.Resizes && TryResize(out MappingCall resize)) return resize;
        if (_regions.Count >= _options.Live)
        {
            Region gone = _regions.Take(_regions.Dying(_options.Lifetime, ref _random));
            return new MappingCall(MappingCallKind.Unmap, gone.Number, 0, gone.Length);
        }
        return Map();
    }

    /// <inheritdoc/>
    public MappedPage Reference() => _regions.Touch(ref _random, _options.Stores);

    private MappingCall Map()
    {
        long pages = _lengths.Draw(ref _random);
        bool isWritable = _random.NextDouble() >= _options.ReadOnly, isFile = _random.NextDouble() < _options.Files;
        (int near, long offset) = (0, 0);
        if (_regions.Count > 0 && _random.NextDouble() < _options.Adjacency)
        {
            Region neighbour = _regions[_regions.Any(ref _random)];
            (near, offset) = (neighbour.Number, neighbour.Length);
        }
        var region = new Region(_regions.NewNumber(), pages, 0, pages, isWritable, isFile ? 1 : 0);
        _regions.Add(region);
        // A hole of a page between any two pieces of the file, so that no two of them continue each other.
        long filePage = _filePage;
        if (isFile) _filePage += pages + 1;
        return new MappingCall(MappingCallKind.Map, region.Number, offset, pages, isWritable ? Protection.ReadWrite : Protection.Read, File: region.File,
            FileOffset: isFile ? filePage : 0, Near: near);
    }

    private MappingCall Protect()
    {
        int place = _regions.Any(ref _random);
        Region region = _regions[place];
        bool isWhole = region.Length == 1 || _random.NextDouble() < 0.5;
        bool willBeWritable = !region.IsWritable;
        long first = isWhole ? 0 : region.Length / 2;
        _regions[place] = isWhole ? region with { IsWritable = willBeWritable, Pages = region.Length } : region with { Pages = Math.Min(region.Pages, first), IsPieced = true };
        return new MappingCall(MappingCallKind.Protect, region.Number, first, region.Length - first, willBeWritable ? Protection.ReadWrite : Protection.Read);
    }

    /// <summary>mremap takes one mapping: a region that is, or under some policy might be, in pieces is left alone.</summary>
    private bool TryResize(out MappingCall call)
    {
        int place = _regions.Any(ref _random);
        Region region = _regions[place];
        bool isGrowing = _random.NextDouble() < 0.5 && region.Length <= MostPages / 2;
        long pages = isGrowing ? 2 * region.Length : region.Length / 2;
        call = new MappingCall(MappingCallKind.Resize, region.Number, 0, region.Length, NewPages: pages);
        if (region.IsPieced || pages == 0 || region.File != 0) return false;
        _regions[place] = region with { Length = pages, Pages = pages, IsPieced = true };
        return true;
    }
}
