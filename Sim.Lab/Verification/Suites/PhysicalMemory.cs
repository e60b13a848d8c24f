using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;
using Sim.Lab.Verification.ClosedForms;

namespace Sim.Lab.Verification.Suites;

/// <summary>Zones, slabs and buddies against a recorded kernel and closed forms.</summary>
internal static class PhysicalMemory
{
    private const string Suite = "physical memory";
    private const string Recording = "recorded /proc, Linux 6.18, two CPUs";
    private const int RecordedCpus = 2;
    private const long RecordedMinFree = 67_584;

    public static IEnumerable<VerificationCheck> Run(RecordedData? data, bool isQuick) =>
        [.. data is not null && Directory.Exists(data.Proc) ? [.. Zones(data), Slabs(data)] : Enumerable.Empty<VerificationCheck>(), .. Buddies(isQuick)];

    private static IEnumerable<VerificationCheck> Zones(RecordedData data)
    {
        var recorded = new RecordedZones(Path.Combine(data.Proc, "zoneinfo.txt"));
        IReadOnlyList<Watermarks> marks = Watermarks.Of(recorded.Managed, RecordedMinFree);
        (string Name, Func<Watermarks, long> Of)[] columns = [("min", mark => mark.Min), ("low", mark => mark.Low), ("high", mark => mark.High), ("promo", mark => mark.Promo)];
        foreach (var (name, of) in columns)
            yield return Equal($"watermark {name}: zones with exactly the recorded one", marks.Select(of), recorded.All(name));
        yield return VerificationCheck.Exact(Suite, "vm.min_free_kbytes as khugepaged raises it", Watermarks.RaisedByKhugepaged(recorded.Managed), RecordedMinFree, Recording);
        yield return Equal("lowmem_reserve: numbers that are exactly the recorded ones", Watermarks.LowmemReserves(recorded.Managed).SelectMany(row => row), recorded.Protection.SelectMany(row => row));
        PageSetSize[] sets = [.. recorded.Managed.Zip(recorded.All("low")).Take((int)ZoneKind.Movable).Select(zone => PageSetSize.Of(zone.First, zone.Second, RecordedCpus))];
        yield return Equal("lists of CPUs: batch and bounds that are exactly the recorded ones",
            sets.SelectMany(set => new long[] { set.Batch, set.HighMinimum, set.HighMaximum }),
            Enumerable.Range(0, sets.Length).SelectMany(zone => new[] { recorded.All("batch")[zone], recorded.All("high_min")[zone], recorded.All("high_max")[zone] }));
    }

    private static VerificationCheck Slabs(RecordedData data)
    {
        IReadOnlyList<RecordedCache> caches = RecordedCache.Read(Path.Combine(data.Proc, "slabinfo.txt"));
        int equal = caches.Count(cache => SlubShape.Of(cache.Size, RecordedCpus) is var shape && (shape.Objects, 1 << shape.Order) == (cache.Objects, cache.Pages));
        return VerificationCheck.Exact(Suite, "slub: caches whose slab has exactly the recorded objects and pages", equal, caches.Count, Recording);
    }

    private static IEnumerable<VerificationCheck> Buddies(bool isQuick)
    {
        int requests = isQuick ? 20_000 : 200_000;
        double wide = isQuick ? 0.02 : 0.006;
        yield return VerificationCheck.Within(Suite, "buddy: share used of blocks for uniform sizes", Utilisation(requests, isLog: false), BuddyUtilisation.Uniform(BuddyAllocator.MaximumOrder),
            wide, "J. L. Peterson, T. A. Norman, CACM 20(6), 1977");
        yield return VerificationCheck.Within(Suite, "buddy: share used of blocks for log-uniform sizes", Utilisation(requests, isLog: true), BuddyUtilisation.LogUniform, wide, "the same: 1 / (2 ln 2)");
        var pages = new PageAllocator(new FrameArray<Frame>(1 << 18));
        _ = new Fragmentation(pages, new FragmentationSpec(PageBlocks.Order, 0.8, IsMovable: false), seed: 1);
        yield return VerificationCheck.Within(Suite, "unusable-free index of memory broken up to 0.8", pages.UnusableShare(PageBlocks.Order), 0.8, 0.005, "M. Gorman, A. Whitcroft, OLS 2006");
    }

    private static double Utilisation(int requests, bool isLog)
    {
        var buddies = new BuddyAllocator(new FrameArray<Frame>(1 << 20));
        var random = new RandomStream(12);
        double asked = 0, given = 0;
        for (int i = 0; i < requests; i++)
        {
            // Log-uniform sizes are real numbers, as in the closed form; a request rounds them up only to its block.
            double size = isLog ? Math.Pow(2, BuddyAllocator.MaximumOrder * random.NextDouble()) : 1 + random.Below(1 << BuddyAllocator.MaximumOrder);
            int order = (int)Math.Ceiling(Math.Log2(size));
            long before = buddies.FreeFrames;
            int block = buddies.TryAllocate(order, MigrateType.Movable, mayFragment: true);
            given += before - buddies.FreeFrames;
            asked += size;
            buddies.Free(block, order);
        }
        return asked / given;
    }

    private static VerificationCheck Equal(string name, IEnumerable<long> simulated, IEnumerable<long> recorded)
    {
        long[] expected = [.. recorded];
        return VerificationCheck.Exact(Suite, name, simulated.Zip(expected).Count(pair => pair.First == pair.Second), expected.Length, Recording);
    }
}
