using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// An allocation with its free against a pop and a push on a preallocated stack: the least that handing out a number can cost. Speeds, so that a
/// quarter of the stack's is four times its cost.
/// </summary>
public sealed class FrameAllocatorBenchmarks : IBenchmark
{
    private const int Frames = 1 << 18;
    private const double OneFrame = 1.0 / 4, HugePage = 1.0 / 40;

    public string Name => "frame-allocator";

    public IEnumerable<Row> Run(Session session)
    {
        int operations = session.IsQuick ? 2_000_000 : 20_000_000;
        (Sample Ratio, Sample PerSecond)[] raced = Medians.Race(session, NumberStack.Contender(operations),
            Pairs("order 0", operations, () => new PageAllocator(new FrameArray<Frame>(Frames)), 0),
            Pairs("order 9, fragmented", operations, Fragmented, 9));
        yield return Row("one frame", OneFrame, raced[0]);
        yield return Row("order 9, fragmented zone", HugePage, raced[1]);
    }

    private static Row Row(string what, double target, (Sample Ratio, Sample PerSecond) measured) =>
        new($"allocate and free: {what}", "x int[] stack", target, measured.Ratio, Remark: Table.Rate(measured.PerSecond.Median, "pairs"));

    private static Contender Pairs(string name, int operations, Func<PageAllocator> make, int order) => new(name, () =>
    {
        PageAllocator allocator = make();
        AllocationFlags flags = AllocationFlags.User;
        return () =>
        {
            for (int i = 0; i < operations; i++)
            {
                if (!allocator.TryAllocate(order, FrameKind.Anonymous, flags, null, out FrameNumber frame)) throw new InvalidOperationException("memory is full");
                allocator.Free(frame, order);
            }
            return operations;
        };
    });

    /// <summary>All of memory taken frame by frame, and three of four given back in no order: a few blocks of order 9 are left between the holes.</summary>
    private static PageAllocator Fragmented()
    {
        var allocator = new PageAllocator(new FrameArray<Frame>(Frames));
        var taken = new List<int>();
        while (allocator.TryAllocate(0, FrameKind.Anonymous, AllocationFlags.User, null, out FrameNumber frame)) taken.Add(frame.Value);
        foreach (int frame in taken.Where(frame => frame % 4 != 0 || frame >> 9 == 300)) allocator.Free(new FrameNumber(frame), 0);
        allocator.DrainCpuLists();
        return allocator;
    }
}
