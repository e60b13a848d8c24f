using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Slab;
using Sim.Core.Units;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>kmem_cache_alloc with kmem_cache_free against a pop and a push on a preallocated stack.</summary>
public sealed class ObjectCacheBenchmarks : IBenchmark
{
    private const double Target = 1.0 / 4;
    private const int Frames = 1 << 16;

    public string Name => "object-cache";

    public IEnumerable<Row> Run(Session session)
    {
        int operations = session.IsQuick ? 2_000_000 : 20_000_000;
        (string Name, ISlabDesign Design)[] designs = [("slub", new SlubDesign()), ("slab", new SlabDesign())];
        (Sample Ratio, Sample PerSecond)[] raced = Medians.Race(session, NumberStack.Contender(operations),
            [.. designs.Select(design => Pairs(design.Name, design.Design, operations))]);
        foreach (var ((name, _), (ratio, perSecond)) in designs.Zip(raced))
            yield return new Row($"allocate and free: object of 192 bytes, {name}", "x int[] stack", Target, ratio, Remark: Table.Rate(perSecond.Median, "pairs"));
    }

    private static Contender Pairs(string name, ISlabDesign design, int operations) => new(name, () =>
    {
        var caches = new CacheTable(design, new PageAllocator(new FrameArray<Frame>(Frames)), 1);
        IObjectCache cache = caches.Create(new CacheSpec("vm_area_struct", 192));
        var payer = new Nobody();
        cache.TryAllocate(payer, out _);
        return () =>
        {
            for (int i = 0; i < operations; i++)
            {
                if (!cache.TryAllocate(payer, out KernelAddress address)) throw new InvalidOperationException("memory is full");
                cache.Free(address, payer);
            }
            return operations;
        };
    });

    /// <summary>Pays with nothing, so that the allocator alone is measured.</summary>
    private sealed class Nobody : ICharge
    {
        public SimTime Now => SimTime.Zero;

        public int Cpu => 0;

        public void Charge(Cost cost, long times = 1)
        {
        }

        public void ChargeDevice(SimTime time)
        {
        }
    }
}
