using System;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Kernel objects in slabs of the recorded geometry. Does each kind take just the frames that its live objects fill?</summary>
public sealed class PackedKernelObjectsTests
{
    private const int Frames = 4096;
    private readonly PageAllocator _allocator = new(new FrameArray<Frame>(Frames));
    private readonly CountingPayer _payer = new();

    public static TheoryData<KernelObject> Kinds => new(Enum.GetValues<KernelObject>());

    [Fact]
    public void EveryKindHasItsGeometryAndItsSlabHoldsItsObjects()
    {
        KernelObjectSize.Recorded.Select(size => size.Kind).ShouldBe(Enum.GetValues<KernelObject>());
        foreach (KernelObjectSize size in KernelObjectSize.Recorded)
            ((long)size.Bytes * size.PerSlab).ShouldBeInRange(1, ByteSize.PageBytes << size.SlabOrder, size.CacheName);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AKindTakesItsLiveObjectsRoundedUpToSlabs(KernelObject kind)
    {
        var objects = new PackedKernelObjects(_allocator);
        KernelObjectSize size = KernelObjectSize.Recorded[(int)kind];
        int most = 2 * size.PerSlab + 1;
        var frames = new FrameNumber[most];
        for (int live = 1; live <= most; live++)
        {
            objects.TryAllocate(kind, _payer, out frames[live - 1]).ShouldBeTrue();
            Compare(objects, size, live);
        }
        objects.Peak.ShouldBe(objects.BytesOf(kind));
        ByteSize peak = objects.Peak;
        for (int live = most - 1; live >= 0; live--)
        {
            objects.Free(kind, _payer, frames[live]);
            Compare(objects, size, live);
        }
        objects.Peak.ShouldBe(peak);
        bool isTable = kind == KernelObject.PageTable;
        _payer.Of(isTable ? Cost.TableAllocate : Cost.ObjectAllocate).ShouldBe(most);
        _payer.Of(isTable ? Cost.TableFree : Cost.ObjectFree).ShouldBe(most);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WithoutAFrameNothingChangesAndNothingIsCharged(KernelObject kind)
    {
        var objects = new PackedKernelObjects(new PageAllocator(new FrameArray<Frame>(0)));
        objects.TryAllocate(kind, _payer, out _).ShouldBeFalse();
        objects.CountOf(kind).ShouldBe(0);
        objects.BytesOf(kind).Bytes.ShouldBe(0);
        objects.Peak.Bytes.ShouldBe(0);
        Enum.GetValues<Cost>().Sum(_payer.Of).ShouldBe(0);
    }

    [Fact]
    public void AFullSlabWithoutAnotherFrameKeepsWhatItHas()
    {
        var allocator = new PageAllocator(new FrameArray<Frame>(1));
        var objects = new PackedKernelObjects(allocator);
        for (int i = 0; i < 21; i++) objects.TryAllocate(KernelObject.VmArea, _payer, out _).ShouldBeTrue();
        objects.TryAllocate(KernelObject.VmArea, _payer, out _).ShouldBeFalse();
        objects.CountOf(KernelObject.VmArea).ShouldBe(21);
        objects.Free(KernelObject.VmArea, _payer);
        objects.TryAllocate(KernelObject.VmArea, _payer, out _).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FreeingWhatWasNeverAllocatedIsRefused(KernelObject kind) =>
        Should.Throw<InvalidOperationException>(() => new PackedKernelObjects(_allocator).Free(kind, _payer));

    private void Compare(PackedKernelObjects objects, KernelObjectSize size, int live)
    {
        long slabs = (live + size.PerSlab - 1) / size.PerSlab;
        objects.CountOf(size.Kind).ShouldBe(live);
        objects.BytesOf(size.Kind).ShouldBe(ByteSize.OfPages(slabs << size.SlabOrder));
        _allocator.FreeFrames.ShouldBe(Frames - (slabs << size.SlabOrder));
    }
}
