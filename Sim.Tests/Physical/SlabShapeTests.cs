using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;
using Sim.Lab.Verification;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Are slabs cut as real kernels cut them?</summary>
public sealed class SlabShapeTests
{
    private static readonly string _slabInfo = Path.Combine(RecordedData.Find()!.Proc, "slabinfo.txt");

    [Fact]
    public void EveryRecordedCacheHasTheSlabThatItsObjectSizeAndTwoCpusGive()
    {
        IReadOnlyList<RecordedCache> caches = RecordedCache.Read(_slabInfo);
        caches.Count.ShouldBeGreaterThan(200);
        foreach (RecordedCache row in caches)
        {
            SlabShape shape = SlubShape.Of(row.Size, cpus: 2);
            (shape.Objects, 1 << shape.Order).ShouldBe((row.Objects, row.Pages), row.Name);
        }
    }

    [Theory]
    // The general caches of a 2.6 kernel on x86-64, as its /proc/slabinfo shows them: size, objects and pages of a slab.
    [InlineData(32, 112, 1)]
    [InlineData(64, 59, 1)]
    [InlineData(128, 30, 1)]
    [InlineData(192, 20, 1)]
    [InlineData(256, 15, 1)]
    [InlineData(512, 8, 1)]
    [InlineData(1024, 4, 1)]
    [InlineData(2048, 2, 1)]
    [InlineData(4096, 1, 1)]
    [InlineData(8192, 1, 2)]
    public void SlabsOfLinux26HaveTheirKnownShapes(int size, int objects, int pages)
    {
        SlabDescriptor layout = SlabDescriptor.Of(new CacheSpec("size", size));
        (layout.Shape.Objects, 1 << layout.Shape.Order).ShouldBe((objects, pages));
        layout.IsOffSlab.ShouldBe(size >= 512);
    }

    [Fact]
    public void ADescriptorComesOnTheSlabWhereThereIsRoom()
    {
        // 5 objects of 760 bytes leave 296; the descriptor takes 48 + 5 * 4 = 68, aligned 72; then 224 bytes are three colours of 64.
        SlabDescriptor layout = SlabDescriptor.Of(new CacheSpec("ext3_inode_cache", 760) { IsReclaimable = true });
        layout.ShouldBe(new SlabDescriptor(new SlabShape(0, 5), false, 72, 3, 64));
    }

    [Theory]
    // size of the object, alignment to cache lines, constructor: bytes from one object to the next.
    [InlineData(1, false, false, 8)]
    [InlineData(96, false, true, 104)]
    [InlineData(20, true, false, 32)]
    [InlineData(33, true, false, 64)]
    [InlineData(100, true, false, 128)]
    [InlineData(2104, true, true, 2112)]
    public void ObjectsAreAlignedAndAConstructedOneKeepsItsLinkBehindIt(int bytes, bool lines, bool constructor, int size) =>
        new CacheSpec("c", bytes) { AlignsToCacheLines = lines, HasConstructor = constructor }.Size.ShouldBe(size);

    [Fact]
    public void TheTextHasTheFormOfTheRecordedOne()
    {
        string[] recorded = File.ReadAllLines(_slabInfo);
        var caches = new CacheTable(new SlubDesign(), new PageAllocator(new FrameArray<Frame>(64)), 2);
        caches.Create(new CacheSpec("btrfs_delayed_node", 312));
        string[] lines = SlabInfo.Write(caches.All).Split('\n');
        lines[..2].ShouldBe(recorded[..2]);
        lines[2].ShouldBe(recorded.Single(line => line.StartsWith("btrfs_delayed_node ", System.StringComparison.Ordinal)).TrimEnd());
    }
}
