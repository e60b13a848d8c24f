using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>What every design of object caches must do, whatever its lists.</summary>
public sealed class ObjectCacheConformance
{
    private const int Frames = 8192, Cpus = 2;
    private static readonly CountingPayer[] _payers = [new() { Cpu = 0 }, new() { Cpu = 1 }];

    private static readonly Dictionary<string, ISlabDesign> Designs = new()
    {
        ["slub"] = new SlubDesign(),
        ["slub without partial slabs of CPUs"] = new SlubDesign(KeepsPartial: false, MinPartial: 0),
        ["slab"] = new SlabDesign(),
        ["none"] = new FrameDesign(),
    };

    private static readonly int[] _sizes = [8, 96, 192, 700, 1600, 2048, 5888, 9000];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string design in Designs.Keys)
            {
                foreach (int size in _sizes) cases.Add(design, size);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void NoTwoObjectsInUseOverlapAndEverythingComesBack(string design, int size)
    {
        var pages = new PageAllocator(new FrameArray<Frame>(Frames), new MemorySpec { Cpus = Cpus });
        var table = new CacheTable(Designs[design], pages, Cpus);
        IObjectCache cache = table.Create(new CacheSpec("test", size));
        var live = new List<KernelAddress>();
        var starts = new SortedSet<ulong>();
        var random = new RandomStream(7);
        for (int step = 0; step < 4000; step++)
        {
            CountingPayer payer = _payers[random.Below(Cpus)];
            // Grows for a thousand steps, shrinks for a thousand, twice.
            if (live.Count > 0 && random.Below(100) < (step / 1000 % 2 == 0 ? 35u : 65u)) Free(cache, live, starts, random, payer);
            else if (cache.TryAllocate(payer, out KernelAddress address))
            {
                starts.GetViewBetween(address.Value - (ulong)size + 1, address.Value + (ulong)size - 1).ShouldBeEmpty();
                starts.Add(address.Value);
                live.Add(address);
            }
            if (step % 64 != 0) continue;
            table.CheckInvariants();
            cache.ActiveObjects.ShouldBe(live.Count);
            cache.Objects.ShouldBeGreaterThanOrEqualTo(live.Count);
            pages.FreeFrames.ShouldBe(Frames - table.Frames);
        }
        while (live.Count > 0) Free(cache, live, starts, random, _payers[random.Below(Cpus)]);
        table.Shrink(_payers[0]);
        (table.Frames, pages.FreeFrames).ShouldBe((0, Frames));
        table.CheckInvariants();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WhenFramesRunOutTheCacheRefusesAndGoesOnAfterAFree(string design, int size)
    {
        var pages = new PageAllocator(new FrameArray<Frame>(40), new MemorySpec { Cpus = Cpus });
        IObjectCache cache = new CacheTable(Designs[design], pages, Cpus).Create(new CacheSpec("test", size));
        var live = new List<KernelAddress>();
        while (cache.TryAllocate(_payers[0], out KernelAddress address)) live.Add(address);
        live.Count.ShouldBeGreaterThan(0);
        cache.CheckInvariants();
        cache.Free(live[^1], _payers[0]);
        cache.TryAllocate(_payers[0], out _).ShouldBeTrue();
        cache.CheckInvariants();
    }

    [Fact]
    public void SlubRefusesAnObjectThatIsNotInUse()
    {
        IObjectCache cache = Slub(out _);
        cache.TryAllocate(_payers[0], out KernelAddress address).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => cache.Free(new KernelAddress(address.Value + 8), _payers[0])).Message.ShouldContain("inside");
        cache.Free(address, _payers[0]);
        Should.Throw<InvalidOperationException>(() => cache.Free(address, _payers[0])).Message.ShouldContain("not in use");
    }

    [Fact]
    public void SlubKeepsMinPartialEmptySlabsAndGivesTheOthersUp()
    {
        // 2048 bytes: 16 a slab of 8 frames, ilog2 / 2 = 5 partial slabs a node. 40 slabs filled by one CPU and emptied by the other.
        IObjectCache cache = Slub(out PageAllocator pages);
        var live = new List<KernelAddress>();
        while (cache.Slabs < 40 || cache.ActiveObjects < 40 * 16) Take(cache, live);
        foreach (KernelAddress address in live) cache.Free(address, _payers[1]);
        // The one that CPU 0 allocates from, those that CPU 1 keeps (24 * 2 / 16 = 3), and the node's five.
        cache.Slabs.ShouldBe(1 + 3 + 5);
        cache.Shrink(_payers[0]).ShouldBe(9 * 8);
        pages.FreeFrames.ShouldBe(Frames);
    }

    [Fact]
    public void CachesOfNearlyTheSameObjectsAreMerged()
    {
        var table = new CacheTable(new SlubDesign(), new PageAllocator(new FrameArray<Frame>(64)), Cpus);
        IObjectCache first = table.Create(new CacheSpec("a", 188) { MayMerge = true });
        table.Create(new CacheSpec("b", 186) { MayMerge = true }).ShouldBeSameAs(first);
        table.Create(new CacheSpec("c", 180) { MayMerge = true }).ShouldNotBeSameAs(first);
        table.Create(new CacheSpec("d", 188) { MayMerge = true, HasConstructor = true }).ShouldNotBeSameAs(first);
        table.Create(new CacheSpec("e", 188) { MayMerge = true, IsReclaimable = true }).ShouldNotBeSameAs(first);
        table.Create(new CacheSpec("f", 188)).ShouldNotBeSameAs(first);
    }

    [Fact]
    public void KmallocRoundsUpToItsClasses()
    {
        var table = new CacheTable(new SlubDesign(Merges: false), new PageAllocator(new FrameArray<Frame>(64)), Cpus);
        int[] asked = [1, 8, 9, 33, 65, 97, 129, 193, 4097, 8192];
        asked.Select(bytes => table.Kmalloc(bytes).Spec.Name).ShouldBe(
            ["kmalloc-8", "kmalloc-8", "kmalloc-16", "kmalloc-64", "kmalloc-96", "kmalloc-128", "kmalloc-192", "kmalloc-256", "kmalloc-8k", "kmalloc-8k"]);
        table.Kmalloc(96, isReclaimable: true).Spec.Name.ShouldBe("kmalloc-rcl-96");
        Should.Throw<ArgumentOutOfRangeException>(() => table.Kmalloc(8193));
    }

    [Fact]
    public void ColoursShiftTheFirstObjectOfEachSlab()
    {
        // 760 bytes: three colours of 64 bytes behind a descriptor of 72 bytes.
        var table = new CacheTable(new SlabDesign(), new PageAllocator(new FrameArray<Frame>(64)), 1);
        IObjectCache cache = table.Create(new CacheSpec("ext3_inode_cache", 760) { IsReclaimable = true });
        var live = new List<KernelAddress>();
        while (live.Count < 4 * 5) Take(cache, live);
        live.GroupBy(address => address.Frame).Select(slab => slab.Min(address => address.OffsetFrom(slab.Key.Value)))
            .ShouldBe([72, 136, 200, 72]);
    }

    [Fact]
    public void AConstructorRunsOnceForEachObjectOfANewSlab()
    {
        var payer = new CountingPayer();
        var table = new CacheTable(new SlubDesign(), new PageAllocator(new FrameArray<Frame>(64)), 1);
        IObjectCache cache = table.Create(new CacheSpec("anon_vma", 96) { HasConstructor = true });
        for (int i = 0; i < 3; i++)
        {
            cache.TryAllocate(payer, out KernelAddress address).ShouldBeTrue();
            cache.Free(address, payer);
        }
        payer.Of(Sim.Core.Metrics.Cost.ObjectConstruct).ShouldBe(39);
    }

    private static void Free(IObjectCache cache, List<KernelAddress> live, SortedSet<ulong> starts, RandomStream random, CountingPayer payer)
    {
        int index = (int)random.Below((ulong)live.Count);
        cache.Free(live[index], payer);
        starts.Remove(live[index].Value);
        live[index] = live[^1];
        live.RemoveAt(live.Count - 1);
    }

    private static void Take(IObjectCache cache, List<KernelAddress> live)
    {
        cache.TryAllocate(_payers[0], out KernelAddress address).ShouldBeTrue();
        live.Add(address);
    }

    private static IObjectCache Slub(out PageAllocator pages)
    {
        pages = new PageAllocator(new FrameArray<Frame>(Frames), new MemorySpec { Cpus = Cpus });
        return new CacheTable(new SlubDesign(), pages, Cpus).Create(new CacheSpec("test", 2048));
    }
}
