using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// The whole machine: one CPU, a two-level TLB, page table, faults, CLOCK with a fixed quota, swap. The references lie in memory; a tenth of the pages
/// touched have frames. All are measured against the Zipf stream's yardstick. With zram a fault is the kernel's work alone; with nvme the task
/// sleeps besides, the scheduler and the event queue take part, and the device's interrupts.
/// </summary>
public sealed class MachineBenchmarks : IBenchmark
{
    public string Name => "machine";

    public IEnumerable<Row> Run(Session session)
    {
        (string Name, ReferenceStream Stream, string Device, double? Target)[] rows =
        [
            ("Zipf", session.Zipf, "zram", 5), ("stack distance", session.StackDistance, "zram", 12),
            ("Zipf", session.Zipf, "nvme", null), ("stack distance", session.StackDistance, "nvme", null),
        ];
        var results = Medians.Race(session, session.Yardstick(session.Zipf),
            [.. rows.Select(row => new Contender($"machine: {row.Name}", () => StreamMachine.Prepare(row.Stream, row.Device)))]);
        return rows.Zip(results, (row, result) => new Row($"whole machine, clock, {row.Device}: {row.Name}", "x yardstick", row.Target, result.Ratio,
            Remark: Table.Rate(result.PerSecond.Median, "refs")));
    }
}
