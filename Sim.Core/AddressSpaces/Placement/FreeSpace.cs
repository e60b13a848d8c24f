namespace Sim.Core.AddressSpaces.Placement;

/// <summary>
/// Searches for free space: vm_unmapped_area of Linux 6.18. A search asks the index for the length plus what alignment may cost, and rounds
/// inside what it is given, so a gap into which only an aligned range would just fit is passed over, as in the kernel.
/// </summary>
public static class FreeSpace
{
    /// <summary>The lowest range within [low, high) whose start is a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public static bool TryLowest(VmaList vmas, ulong low, ulong high, ulong pages, ulong alignment, out ulong page)
    {
        ulong length = pages + alignment - 1;
        for (low = ulong.Max(low, AddressSpaceLayout.LowestPage); vmas.Index.TryFindLowestGap(low, high, length, out ulong gap);)
        {
            page = (gap + alignment - 1) & ~(alignment - 1);
            Vma? next = vmas.Find(gap);
            if (next is null || !next.Has(VmaFlags.GrowsDown) || AddressSpaceLayout.StartWithGap(next) >= page + pages) return true;
            low = next.End;
        }
        page = 0;
        return false;
    }

    /// <summary>The highest range within [low, high) whose start is a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public static bool TryHighest(VmaList vmas, ulong low, ulong high, ulong pages, ulong alignment, out ulong page)
    {
        ulong length = pages + alignment - 1;
        for (low = ulong.Max(low, AddressSpaceLayout.LowestPage); vmas.Index.TryFindHighestGap(low, high, length, out ulong gap);)
        {
            ulong end = gap + length;
            page = (end - pages) & ~(alignment - 1);
            Vma? next = vmas.Find(gap);
            if (next is null || !next.Has(VmaFlags.GrowsDown) || AddressSpaceLayout.StartWithGap(next) >= end) return true;
            high = AddressSpaceLayout.StartWithGap(next);
        }
        page = 0;
        return false;
    }

    /// <summary>Whether a place was wished for and is free: nothing lies there, and no stack wants it for its gap.</summary>
    public static bool IsHintFree(VmaList vmas, in PlacementRequest request) => request.Hint != 0 && request.Hint % request.Alignment == 0
        && request.Hint <= AddressSpaceLayout.TaskEnd - request.Pages
        && (vmas.Find(request.Hint) is not { } above || request.Hint + request.Pages <= AddressSpaceLayout.StartWithGap(above));
}
