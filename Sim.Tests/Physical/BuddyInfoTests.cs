using System;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Core.Physical;
using Sim.Core.Units;
using Sim.Lab.Verification;
using Xunit;

namespace Sim.Tests.Physical;

/// <summary>Do the texts have the kernel's form, to the byte?</summary>
public sealed class BuddyInfoTests
{
    [Fact]
    public void BuddyInfoIsWrittenAsRecorded()
    {
        string recorded = Recorded("buddyinfo.txt");
        BuddyInfo.Write(Lines(recorded).Select(line => (line[3], Numbers(line[4..])))).ShouldBe(recorded);
    }

    [Fact]
    public void PageTypeInfoIsWrittenAsRecorded()
    {
        string recorded = Recorded("pagetypeinfo.txt");
        string[][] free = [.. Lines(recorded).Where(line => line.Contains("type") && line[0] == "Node")];
        string[][] blocks = [.. Lines(recorded).Where(line => line[0] == "Node" && !line.Contains("type"))];
        BuddyInfo.WriteTypes(blocks.Select(line => (line[3],
            free.Where(row => row[3].TrimEnd(',') == line[3]).Select(row => Numbers(row[6..])).ToArray(), Numbers(line[4..])))).ShouldBe(recorded);
    }

    [Fact]
    public void AMachinesTextsTellOfItsZonesAndTypes()
    {
        var pages = new PageAllocator(new FrameArray<Frame>(8192));
        pages.TryAllocate(0, FrameKind.Slab, AllocationFlags.Kernel, null, out _);
        pages.DrainCpuLists();
        Lines(BuddyInfo.Write(pages)).Select(line => string.Join(' ', line)).ShouldBe(
            ["Node 0, zone DMA 0 0 0 0 0 0 0 0 0 0 4", "Node 0, zone DMA32 1 1 1 1 1 1 1 1 1 1 3"]);
        Lines(BuddyInfo.WriteTypes(pages))[^1].ShouldBe(["Node", "0,", "zone", "DMA32", "2", "6", "0", "0", "0"]);
    }

    private static string Recorded(string file) => File.ReadAllText(Path.Combine(RecordedData.Find()!.Proc, file));

    private static string[][] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static long[] Numbers(string[] words) => [.. words.Select(long.Parse)];
}
