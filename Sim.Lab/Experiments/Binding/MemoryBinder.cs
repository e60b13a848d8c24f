using Sim.Core.Machines;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds what a machine says of its memory beside the size: zones, what is kept free, how broken up it is.</summary>
internal static class MemoryBinder
{
    private const long ZoneUnit = ByteSize.PageBytes << BuddyAllocator.MaximumOrder;
    private static readonly ByteSize LargestZone = new(4L << 40);

    /// <summary>The machine with what the map says of its memory.</summary>
    public static MachineSpec Bind(MachineSpec machine, MapReader map)
    {
        if (map.Find("zones") is { } zones) machine = machine with { MemoryLayout = Zones(machine.MemoryLayout, zones) };
        if (map.Find("min-free") is { } minFree) machine = machine with { MemoryLayout = MinFree(machine, minFree) };
        if (map.Find("fragmentation") is { } fragmentation) machine = machine with { Fragmentation = Fragmentation(fragmentation) };
        return machine;
    }

    private static MemorySpec Zones(MemorySpec memory, Setting setting)
    {
        MapReader map = setting.Map();
        Setting? dma = map.Find("dma"), dma32 = map.Find("dma32");
        map.Close();
        ByteSize dmaSize = dma is null ? memory.DmaEnd : Whole(dma);
        ByteSize dma32End = dma32 is null ? memory.Dma32End : new ByteSize(dmaSize.Bytes + Whole(dma32).Bytes);
        return memory with { DmaEnd = dmaSize, Dma32End = dma32End };
    }

    private static ByteSize Whole(Setting setting)
    {
        ByteSize size = setting.Size(default, LargestZone);
        return size.Bytes % ZoneUnit == 0 ? size : throw setting.Error($"{setting.Text()} is not a multiple of 4MiB, the largest block; a zone begins and ends at one");
    }

    private static MemorySpec MinFree(MachineSpec machine, Setting setting)
    {
        MemorySpec memory = machine.MemoryLayout;
        if (setting.Text() is not [>= '0' and <= '9', ..])
        {
            bool raised = setting.OneOf("rule for min-free, beside a size", "square-root", "khugepaged") == "khugepaged";
            return memory with { MinFree = raised ? MinFreeRule.Khugepaged : MinFreeRule.SquareRoot };
        }
        // What is more than an eighth of memory would be held to that, silently.
        return memory with { MinFree = MinFreeRule.Given, MinFreeBytes = setting.Size(default, new ByteSize(machine.Memory.Bytes / 8)) };
    }

    private static FragmentationSpec Fragmentation(Setting setting)
    {
        MapReader map = setting.Map();
        Setting index = map.Require("index", "80%");
        Setting? order = map.Find("order"), movable = map.Find("movable");
        map.Close();
        return new FragmentationSpec((int)(order?.Whole(1, BuddyAllocator.MaximumOrder) ?? PageBlocks.Order), index.Share(), movable?.Flag() ?? false);
    }
}
