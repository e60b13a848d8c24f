using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sim.Core.Physical.Buddy;

namespace Sim.Core.Physical;

/// <summary>Free memory in the forms of /proc/buddyinfo and /proc/pagetypeinfo.</summary>
public static class BuddyInfo
{
    private static readonly string[] _types = ["Unmovable", "Movable", "Reclaimable", "HighAtomic", "Isolate"];

    /// <summary>/proc/buddyinfo of a machine.</summary>
    public static string Write(PageAllocator pages) => Write(pages.PopulatedZones.Select(zone => (zone.Kind.ToString().Replace("Dma", "DMA"), Blocks(zone))));

    /// <summary>/proc/buddyinfo: free blocks by order of each zone.</summary>
    public static string Write(IEnumerable<(string Zone, long[] Blocks)> zones)
    {
        var text = new StringBuilder();
        foreach (var (zone, blocks) in zones)
        {
            text.Append(CultureInfo.InvariantCulture, $"Node 0, zone {zone,8} ");
            foreach (long count in blocks) text.Append(CultureInfo.InvariantCulture, $"{count,6} ");
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>/proc/pagetypeinfo of a machine.</summary>
    public static string WriteTypes(PageAllocator pages) => WriteTypes(
        pages.PopulatedZones.Select(zone => (zone.Kind.ToString().Replace("Dma", "DMA"), FreeByType(zone), PageBlocksByType(pages, zone))));

    /// <summary>/proc/pagetypeinfo: free blocks by migrate type and order, and page blocks by type, of each zone.</summary>
    public static string WriteTypes(IEnumerable<(string Zone, long[][] Free, long[] PageBlocks)> zones)
    {
        (string Zone, long[][] Free, long[] PageBlocks)[] all = [.. zones];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Page block order: {PageBlocks.Order}\nPages per block:  {1 << PageBlocks.Order}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"Free pages count per migrate type at order",-43} ");
        for (int order = 0; order <= BuddyAllocator.MaximumOrder; order++) text.Append(CultureInfo.InvariantCulture, $"{order,6} ");
        text.Append('\n');
        foreach (var (zone, free, _) in all)
        {
            for (int type = 0; type < _types.Length; type++)
            {
                text.Append(CultureInfo.InvariantCulture, $"Node {0,4}, zone {zone,8}, type {_types[type],12} ");
                foreach (long count in free[type]) text.Append(CultureInfo.InvariantCulture, $"{count,6} ");
                text.Append('\n');
            }
        }
        text.Append(CultureInfo.InvariantCulture, $"\n{"Number of blocks type",-23}");
        foreach (string type in _types) text.Append(CultureInfo.InvariantCulture, $"{type,12} ");
        text.Append('\n');
        foreach (var (zone, _, blocks) in all)
        {
            text.Append(CultureInfo.InvariantCulture, $"Node 0, zone {zone,8} ");
            foreach (long count in blocks) text.Append(CultureInfo.InvariantCulture, $"{count,12} ");
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Free blocks of a zone by order.</summary>
    private static long[] Blocks(Zone zone)
    {
        var blocks = new long[BuddyAllocator.MaximumOrder + 1];
        for (int order = 0; order < blocks.Length; order++)
        {
            for (MigrateType type = 0; type <= MigrateType.Reclaimable; type++) blocks[order] += zone.Allocator.FreeBlocks(order, type);
        }
        return blocks;
    }

    // There are no HighAtomic and Isolate blocks here.
    private static long[][] FreeByType(Zone zone) => [.. Enumerable.Range(0, _types.Length).Select(type => Enumerable.Range(0, BuddyAllocator.MaximumOrder + 1)
        .Select(order => type <= (int)MigrateType.Reclaimable ? zone.Allocator.FreeBlocks(order, (MigrateType)type) : 0).ToArray())];

    private static long[] PageBlocksByType(PageAllocator pages, Zone zone)
    {
        var blocks = new long[_types.Length];
        for (int frame = zone.First; frame < zone.First + zone.Frames; frame += 1 << PageBlocks.Order) blocks[(int)pages.PageBlocks[frame]]++;
        return blocks;
    }
}
