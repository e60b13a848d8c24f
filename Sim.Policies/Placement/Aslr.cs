using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Policies.Placement;

/// <summary>
/// Top-down from a base that each address space draws, as Linux does at exec; or, with per-mapping, each mapping at a place of its own, as OpenBSD does:
/// the first gap above a drawn page.
/// <para>PaX Team, "Address space layout randomization", 2003; Linux 6.18, arch_pick_mmap_layout (vm.mmap_rnd_bits = 28).</para>
/// </summary>
[Paper("Top-down from a base that each address space draws; or each mapping at a place that it draws.",
    "PaX Team, Address space layout randomization, 2003; Linux 6.18, arch_pick_mmap_layout")]
public sealed class Aslr : IPolicy<Aslr, AslrOptions>, IPlacement
{
    private RandomStream _random;
    private readonly bool _perMapping;
    private readonly ulong _offset;

    private Aslr(AslrOptions options, ulong seed)
    {
        _random = new RandomStream(seed);
        _perMapping = options.PerMapping;
        _offset = _random.Below(1UL << options.Bits);
    }

    public static string Name => "placement/aslr";

    public static Aslr Create(AslrOptions options, PolicyContext context) => new(options, context.Seed);

    public bool TryPlace(Mm mm, in PlacementRequest request, out ulong page)
    {
        if (!_perMapping) return TopDown.TryPlain(mm, request, mm.MmapBase - _offset, out page);
        page = request.Hint;
        if (FreeSpace.IsHintFree(mm.Vmas, request)) return true;
        ulong from = AddressSpaceLayout.LowestPage + _random.Below(mm.MmapBase - AddressSpaceLayout.LowestPage);
        return FreeSpace.TryLowest(mm.Vmas, from, mm.MmapBase, request.Pages, request.Alignment, out page)
            || FreeSpace.TryLowest(mm.Vmas, AddressSpaceLayout.LowestPage, mm.MmapBase, request.Pages, request.Alignment, out page);
    }
}

/// <summary>Options of <see cref="Aslr"/>.</summary>
public sealed record AslrOptions
{
    [Option("Bits of the base's distance from where it is without randomisation, in pages", Minimum = 0, Maximum = 32)]
    public int Bits { get; init; } = 28;

    [Option("Whether each mapping draws a place of its own")]
    public bool PerMapping { get; init; }
}
