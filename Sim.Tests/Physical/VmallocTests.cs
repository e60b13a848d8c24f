using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Physical.Vmalloc;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>The kernel's virtual areas: where they lie, what they take, and when their addresses come back.</summary>
public sealed class VmallocTests
{
    private const int Frames = 16_384;
    private readonly CountingPayer _payer = new();

    public static TheoryData<string> Policies => new(BuiltIn.Policies.At("vmalloc").Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Policies))]
    [InlineData("first-fit(guard=false,lazy-purge=false,cpu-blocks=false)")]
    public void AreasNeverOverlapAndEverythingComesBack(string policy)
    {
        (VmallocSpace space, PageAllocator pages, CacheTable caches) = Make(policy, cpus: 2);
        CountingPayer[] payers = [new() { Cpu = 0 }, new() { Cpu = 1 }];
        var random = new RandomStream(3);
        var live = new List<VmallocArea>();
        for (int step = 0; step < 3000; step++)
        {
            CountingPayer payer = payers[random.Below(2)];
            if (live.Count > 0 && random.Below(100) < 48)
            {
                int index = (int)random.Below((ulong)live.Count);
                Release(space, live[index], payer);
                live.RemoveAt(index);
            }
            else if ((random.Below(2) == 0
                ? space.TryAllocate(1 + (long)random.Below(200_000), "test", AllocationFlags.Kernel, payer)
                : space.TryMap(1 + (int)random.Below(80), payer)) is { } area) live.Add(area);
            if (step % 100 == 0) space.CheckInvariants();
        }
        foreach (VmallocArea area in live) Release(space, area, payers[0]);
        space.Purge(payers[0]);
        space.CheckInvariants();
        space.Areas.ShouldBeEmpty();
        caches.Shrink(payers[0]);
        pages.AllocatedFrames.ShouldBe(space.TableFrames);
        space.FreeTables(payers[0]);
        pages.FreeFrames.ShouldBe(Frames);
    }

    [Fact]
    public void AKernelStackIsAnAreaOfFourPagesAndAGuardAsRecorded()
    {
        // /proc/vmallocinfo: 20480 kernel_clone+0x94/0x3e0 pages=4 vmalloc N0=4
        (VmallocSpace space, PageAllocator pages, _) = Make("first-fit");
        long before = pages.AllocatedFrames;
        VmallocArea area = space.TryAllocate(16 << 10, "kernel_clone", AllocationFlags.Kernel, _payer)!;
        VmallocInfo.Write(space).ShouldBe("0xffffc90000000000-0xffffc90000005000   20480 kernel_clone pages=4 vmalloc N0=4\n");
        // Four pages, a page table, and slabs for vmap_area, vm_struct and the array of four pointers.
        (pages.AllocatedFrames - before).ShouldBe(4 + 1 + 3);
        _payer.Of(Cost.KernelMap).ShouldBe(4);
        space.Free(area, _payer);
        VmallocInfo.Write(space).ShouldBe("0xffffc90000000000-0xffffc90000005000   20480 unpurged vm_area\n");
    }

    [Fact]
    public void FreedAddressesAreUsedAgainOnlyAfterOneFlushForAll()
    {
        (VmallocSpace space, _, _) = Make("first-fit");
        space.MostLazyPages.ShouldBe(8192);
        VmallocArea first = Take(space, 1023);
        VmallocArea last = first;
        for (int i = 0; i < 8; i++)
        {
            space.Free(last, _payer);
            space.Purges.ShouldBe(0);
            last = Take(space, 1023);
            last.First.ShouldBe((i + 1) * 1024L);
        }
        // Eight areas of 1024 pages are due; the ninth is one too many.
        space.LazyPages.ShouldBe(8192);
        space.Free(last, _payer);
        (space.Purges, space.LazyPages).ShouldBe((1, 0));
        Take(space, 1023).First.ShouldBe(0);
    }

    [Fact]
    public void SmallAreasOfACpuComeFromItsBlockFrontToBack()
    {
        (VmallocSpace space, _, _) = Make("first-fit", cpus: 2);
        var other = new CountingPayer { Cpu = 1 };
        space.TryMap(3, _payer)!.First.ShouldBe(0);
        space.TryMap(1, _payer)!.First.ShouldBe(4);
        space.TryMap(1, other)!.First.ShouldBe(1024);
        // Too large for a block: behind both.
        space.TryMap(65, _payer)!.First.ShouldBe(2048);
    }

    [Fact]
    public void BestFitLeavesTheLargerRangeWhole()
    {
        var design = (IVmallocDesign)PolicyChoice.Parse(BuiltIn.Policies, "vmalloc", "best-fit").Create(new PolicyContext(1, 1, 1));
        design.Choose([(0, 10), (20, 5), (40, 7)], 5).ShouldBe(1);
        new FirstFitDesign().Choose([(0, 10), (20, 5), (40, 7)], 5).ShouldBe(0);
        design.Choose([(0, 10)], 11).ShouldBe(-1);
    }

    [Fact]
    public void WithoutFramesNothingButPageTablesStays()
    {
        (VmallocSpace space, PageAllocator pages, CacheTable caches) = Make("first-fit");
        space.TryAllocate((long)(Frames + 1) * 4096, "test", AllocationFlags.Kernel, _payer).ShouldBeNull();
        space.Areas.ShouldBeEmpty();
        space.CheckInvariants();
        caches.Shrink(_payer);
        pages.AllocatedFrames.ShouldBe(space.TableFrames);
    }

    private VmallocArea Take(VmallocSpace space, int pages) => space.TryAllocate(pages * 4096L, "test", AllocationFlags.Kernel, _payer)!;

    private static void Release(VmallocSpace space, VmallocArea area, CountingPayer payer)
    {
        if (area.Caller == "test") space.Free(area, payer);
        else space.Unmap(area, payer);
    }

    private static (VmallocSpace Space, PageAllocator Pages, CacheTable Caches) Make(string policy, int cpus = 1)
    {
        var design = (IVmallocDesign)PolicyChoice.Parse(BuiltIn.Policies, "vmalloc", policy).Create(new PolicyContext(Frames, Frames, 1));
        var pages = new PageAllocator(new FrameArray<Frame>(Frames), new MemorySpec { Cpus = cpus });
        var caches = new CacheTable(new SlubDesign(), pages, cpus);
        return (new VmallocSpace(design, caches), pages, caches);
    }
}
