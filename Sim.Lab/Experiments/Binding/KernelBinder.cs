using Sim.Core.Contracts;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds the steps that allocate and free the kernel's memory.</summary>
internal static class KernelBinder
{
    private const long MostAllocations = 1_000_000_000;
    private static readonly ByteSize LargestBlock = ByteSize.OfPages(1 << BuddyAllocator.MaximumOrder);
    private static readonly ByteSize LargestArea = new(1L << 40);
    private static readonly ByteSize LargestMapped = ByteSize.OfPages(1 << 20);

    /// <summary>A step kernel: an allocation stream, or with 'free' the freeing of what another thread hands over.</summary>
    public static ProgramStep Bind(Setting setting)
    {
        MapReader map = setting.Map();
        Setting? free = map.Find("free"), allocate = map.Find("allocate"), size = map.Find("size"), live = map.Find("live");
        Setting count = map.Require("count", "100k");
        Setting? lifetime = map.Find("lifetime"), burst = map.Find("burst"), keep = map.Find("keep"), handOver = map.Find("hand-over");
        map.Close();
        map.Exclude("free", "allocate");
        long number = count.Whole(1, MostAllocations);
        if (free is not null)
        {
            foreach (string other in (string[])["size", "live", "lifetime", "burst", "keep", "hand-over"]) map.Exclude("free", other);
            return new KernelFreeStep(free.Text(), number);
        }
        if (allocate is null) throw setting.Error("neither 'allocate' nor 'free' is there; it is written like kernel: {allocate: kmalloc, size: 192B, count: 100k}");
        if (size is null) throw setting.Error("there is no 'size'; it is written like size: 192B, or size: {from: 8B, to: 4KiB}");
        var request = allocate.Member<KernelRequest>("kernel request");
        ByteSize largest = request switch
        {
            KernelRequest.Vmalloc => LargestArea,
            KernelRequest.MapRam => LargestMapped,
            _ => LargestBlock,
        };
        (long least, long most, SizeDistribution sizes) = Sizes(size, largest);
        return new KernelStep(request, least, most, sizes, number, live?.Whole(1, MostAllocations) ?? number,
            lifetime?.Member<KernelLifetime>("lifetime") ?? KernelLifetime.Random, burst?.Whole(1, MostAllocations) ?? 1, keep?.Share() ?? 0, handOver?.Text());
    }

    private static (long Least, long Most, SizeDistribution Sizes) Sizes(Setting setting, ByteSize largest)
    {
        var least = new ByteSize(1);
        if (setting.Node is not Documents.MapNode)
        {
            long bytes = setting.Bytes(least, largest).Bytes;
            return (bytes, bytes, SizeDistribution.Uniform);
        }
        MapReader map = setting.Map();
        Setting from = map.Require("from", "8B"), to = map.Require("to", "4KiB");
        Setting? distribution = map.Find("distribution");
        map.Close();
        long lower = from.Bytes(least, largest).Bytes, upper = to.Bytes(least, largest).Bytes;
        if (upper < lower) throw to.Error($"{to.Text()} is less than {from.Text()}");
        return (lower, upper, distribution?.Member<SizeDistribution>("distribution") ?? SizeDistribution.Uniform);
    }
}
