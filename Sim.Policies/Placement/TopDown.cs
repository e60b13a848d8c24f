using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Placement;
using Sim.Core.Contracts;

namespace Sim.Policies.Placement;

/// <summary>
/// The highest gap below the mmap base; bottom-up from a third of the space where there is none. Private anonymous memory whose length is a multiple
/// of 2 MiB, and file mappings that hold a whole aligned 2 MiB of their file, are placed so that huge pages fit: the search is for 2 MiB more, and the
/// start is rounded within.
/// <para>Linux 6.18: arch_get_unmapped_area_topdown (arch/x86/kernel/sys_x86_64.c), __thp_get_unmapped_area (mm/huge_memory.c), __get_unmapped_area
/// (mm/mmap.c).</para>
/// </summary>
[Paper("The highest gap below the mmap base; mappings that huge pages could back are aligned for them.",
    "Linux 6.18, arch_get_unmapped_area_topdown and __thp_get_unmapped_area")]
public sealed class TopDown : IPolicy<TopDown, TopDownOptions>, IPlacement
{
    private readonly bool _alignsHuge;

    private TopDown(bool alignsHuge) => _alignsHuge = alignsHuge;

    public static string Name => "placement/top-down";

    public static TopDown Create(TopDownOptions options, PolicyContext context) => new(options.AlignHuge);

    public bool TryPlace(Mm mm, in PlacementRequest request, out ulong page) =>
        (_alignsHuge && TryAligned(mm, request, out page)) || TryPlain(mm, request, mm.MmapBase, out page);

    /// <summary>The plain search, below a base.</summary>
    public static bool TryPlain(Mm mm, in PlacementRequest request, ulong mmapBase, out ulong page)
    {
        page = request.Hint;
        if (FreeSpace.IsHintFree(mm.Vmas, request)) return true;
        return FreeSpace.TryHighest(mm.Vmas, 1, mmapBase, request.Pages, request.Alignment, out page)
            || FreeSpace.TryLowest(mm.Vmas, AddressSpaceLayout.UnmappedBase, AddressSpaceLayout.TaskEnd, request.Pages, request.Alignment, out page);
    }

    private static bool TryAligned(Mm mm, in PlacementRequest request, out ulong page)
    {
        const ulong huge = AddressSpaceLayout.HugePages;
        page = 0;
        bool isCandidate = request.File is { Kind: FileKind.Disk }
            || (request.File is null && !request.IsShared && request.Hint == 0 && request.Pages % huge == 0);
        if (!isCandidate || request.Alignment != 1) return false;
        ulong offset = request.FileOffset, end = offset + request.Pages, firstAligned = (offset + huge - 1) / huge * huge;
        if (end < firstAligned + huge) return false;
        if (!TryPlain(mm, request with { Pages = request.Pages + huge }, mm.MmapBase, out ulong found)) return false;
        page = found;
        if (found == request.Hint) return true;
        ulong missing = (offset - found) & (huge - 1);
        page += missing == 0 ? huge : missing;
        return true;
    }
}

/// <summary>Options of <see cref="TopDown"/>.</summary>
public sealed record TopDownOptions
{
    /// <summary>Linux since 6.7.</summary>
    [Option("Whether mappings that 2 MiB pages could back are aligned for them")]
    public bool AlignHuge { get; init; } = true;
}
