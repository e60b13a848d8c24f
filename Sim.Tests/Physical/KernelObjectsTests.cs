using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;
using Sim.Lab.Verification;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Kernel objects in slabs of the recorded geometry. Does each kind take just the frames that its live objects fill?</summary>
public sealed class KernelObjectsTests
{
    private const int Frames = 4096;
    private readonly PageAllocator _allocator = new(new FrameArray<Frame>(Frames));
    private readonly CountingPayer _payer = new();

    public static TheoryData<KernelObject> Kinds => new(Enum.GetValues<KernelObject>());

    [Fact]
    public void EveryKindHasItsCacheInTheOrderOfTheKinds() =>
        KernelObjectKind.All.Select(kind => kind.Kind).ShouldBe(Enum.GetValues<KernelObject>());

    [Fact]
    public void TheCachesHaveTheRecordedObjectsAndSlabs()
    {
        foreach (IObjectCache cache in new KernelObjects(_allocator, cpus: 2).Caches.All)
        {
            RecordedCache recorded = RecordedCache.Read(Path.Combine(RecordedData.Find()!.Proc, "slabinfo.txt")).Single(row => row.Name == cache.Spec.Name);
            (cache.Spec.Size, cache.Shape.Objects, 1 << cache.Shape.Order).ShouldBe((recorded.Size, recorded.Objects, recorded.Pages), cache.Spec.Name);
        }
    }

    /// <summary>Kernel stacks are areas of vmalloc, which has tests of its own.</summary>
    public static TheoryData<KernelObject> PackedKinds => new(Enum.GetValues<KernelObject>().Where(kind => kind != KernelObject.KernelStack));

    [Theory]
    [MemberData(nameof(PackedKinds))]
    public void AKindTakesItsLiveObjectsRoundedUpToSlabsAndGivesThemBack(KernelObject kind)
    {
        var objects = new KernelObjects(_allocator);
        SlabShape shape = ShapeOf(objects, kind);
        var addresses = new KernelAddress[2 * shape.Objects + 1];
        for (int i = 0; i < addresses.Length; i++)
        {
            objects.TryAllocate(kind, _payer, out addresses[i]).ShouldBeTrue();
            objects.CountOf(kind).ShouldBe(i + 1);
            objects.BytesOf(kind).ShouldBe(ByteSize.OfPages((long)(i / shape.Objects + 1) << shape.Order));
            _allocator.FreeFrames.ShouldBe(Frames - objects.Frames);
        }
        addresses.ShouldBeUnique();
        ByteSize peak = objects.BytesOf(kind);
        foreach (KernelAddress address in addresses.Reverse()) objects.Free(kind, _payer, address);
        objects.CountOf(kind).ShouldBe(0);
        (objects.Peak, objects.PeakOf(kind)).ShouldBe((peak, peak));
        objects.Caches.Shrink(_payer);
        _allocator.FreeFrames.ShouldBe(Frames);
        bool isTable = kind == KernelObject.PageTable;
        _payer.Of(isTable ? Cost.TableAllocate : Cost.ObjectAllocate).ShouldBe(addresses.Length);
        _payer.Of(isTable ? Cost.TableFree : Cost.ObjectFree).ShouldBe(addresses.Length);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WithoutAFrameNothingChanges(KernelObject kind)
    {
        var objects = new KernelObjects(new PageAllocator(new FrameArray<Frame>(0)));
        objects.TryAllocate(kind, _payer, out _).ShouldBeFalse();
        objects.CountOf(kind).ShouldBe(0);
        objects.BytesOf(kind).Bytes.ShouldBe(0);
        objects.Peak.Bytes.ShouldBe(0);
        objects.CheckInvariants();
    }

    [Fact]
    public void WithoutABlockForAWholeSlabASmallerOneWillDo()
    {
        // mm_struct would have 20 in 8 frames; one frame alone is left, and holds 2.
        var objects = new KernelObjects(new PageAllocator(new FrameArray<Frame>(1)));
        objects.TryAllocate(KernelObject.Mm, _payer, out KernelAddress first).ShouldBeTrue();
        objects.TryAllocate(KernelObject.Mm, _payer, out KernelAddress second).ShouldBeTrue();
        objects.TryAllocate(KernelObject.Mm, _payer, out _).ShouldBeFalse();
        (second.Value - first.Value).ShouldBe(1600u);
        objects.Free(KernelObject.Mm, _payer, first);
        objects.TryAllocate(KernelObject.Mm, _payer, out KernelAddress third).ShouldBeTrue();
        third.ShouldBe(first);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FreeingWhatWasNeverAllocatedIsRefused(KernelObject kind) =>
        Should.Throw<InvalidOperationException>(() => new KernelObjects(_allocator).Free(kind, _payer, default));

    private static SlabShape ShapeOf(KernelObjects objects, KernelObject kind)
    {
        KernelObjectKind made = KernelObjectKind.All[(int)kind];
        return made.Cache is null ? new SlabShape(made.FrameOrder, 1) : objects.Caches.All.Single(cache => cache.Spec.Name == made.Cache.Name).Shape;
    }
}
