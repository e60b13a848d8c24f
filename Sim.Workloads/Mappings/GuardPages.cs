using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Mappings;

/// <summary>Options of <see cref="GuardPages"/>.</summary>
public sealed record GuardPagesOptions
{
    [Option("Allocations that live at once", Minimum = 2, Maximum = 30_000)]
    public int Live { get; init; } = 500;

    [Option("The median length of an allocation, in pages; log-normal", Minimum = 1, Maximum = 1 << 16)]
    public long Median { get; init; } = 2;
}

/// <summary>
/// An allocator with a page without access on either side of every allocation: two mappings each that nothing can merge, but for the guards of neighbours.
/// </summary>
[Paper("Every allocation lies between two pages without access: mmap without access, then mprotect of the middle.",
    "B. Perens, Electric Fence, 1987; as hardened allocators and thread stacks do")]
public sealed class GuardPages : IMappingModel, IMappingModel<GuardPages, GuardPagesOptions>
{
    private readonly GuardPagesOptions _options;
    private readonly Lengths _lengths;
    private readonly LiveRegions _regions = new();
    private RandomStream _random;
    private Region? _unopened;
    private bool _hasHeap;

    private GuardPages(GuardPagesOptions options, ulong seed)
    {
        _options = options;
        _lengths = new Lengths(LengthDistribution.LogNormal, options.Median, 1, 1 << 18);
        _random = new RandomStream(seed);
    }

    /// <inheritdoc/>
    public static string Name => "guard-pages";

    /// <inheritdoc/>
    public static GuardPages Create(GuardPagesOptions options, ulong seed) => new(options, seed);

    /// <inheritdoc/>
    public MappingCall Next()
    {
        if (!_hasHeap)
        {
            _hasHeap = true;
            return new MappingCall(MappingCallKind.Break, MappingCall.Heap, 0, 1);
        }
        if (_unopened is { } region)
        {
            _unopened = null;
            _regions.Add(region);
            return new MappingCall(MappingCallKind.Protect, region.Number, region.First, region.Pages, Protection.ReadWrite);
        }
        if (_regions.Count >= _options.Live)
        {
            Region gone = _regions.Take(_regions.Dying(Lifetime.Generational, ref _random));
            return new MappingCall(MappingCallKind.Unmap, gone.Number, 0, gone.Length);
        }
        long pages = _lengths.Draw(ref _random);
        _unopened = new Region(_regions.NewNumber(), pages + 2, 1, pages, true);
        return new MappingCall(MappingCallKind.Map, _unopened.Value.Number, 0, pages + 2);
    }

    /// <summary>Before the first allocation is open there is nothing to touch but a page of the heap.</summary>
    public MappedPage Reference() => _regions.Count > 0 ? _regions.Touch(ref _random, 0.8) : new MappedPage(MappingCall.Heap, 0, true);
}
