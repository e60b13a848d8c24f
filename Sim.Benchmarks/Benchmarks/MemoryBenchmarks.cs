using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;
using Sample = Sim.Benchmarks.Harness.Sample;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>What memory costs the host: bytes for each frame that is used, and how soon a machine of 1 TiB runs.</summary>
public sealed class MemoryBenchmarks : IBenchmark
{
    private const double MostBytes = 32, MostSeconds = 1;

    public string Name => "memory";

    public IEnumerable<Row> Run(Session session)
    {
        session.Report("a machine of 1 TiB");
        yield return new Row("1 TiB machine starts and ends one process", "s", MostSeconds, Sample.Of([.. Enumerable.Range(0, Medians.Rounds).Select(_ => SecondsToStart())]), IsAtMost: true);
        long frames = session.IsQuick ? 1 << 18 : 10L << 18;
        session.Report("a working set of 10 GiB");
        yield return new Row($"memory per frame, {ByteSize.OfPages(frames)} used of 1 TiB, clock, its table entry left out", "bytes", MostBytes,
            Sample.Exactly(BytesAFrame(frames)), IsAtMost: true);
    }

    private static double SecondsToStart()
    {
        var clock = Stopwatch.StartNew();
        Run(1);
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>By how much the host's peak grows from a tenth of the working set to all of it. A page's entry in its table takes eight bytes more, and is not counted.</summary>
    private static double BytesAFrame(long frames)
    {
        ForgetPeak();
        Run(frames / 10);
        long before = PeakResident();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Run(frames);
        return (double)(PeakResident() - before) / (frames - frames / 10) - sizeof(ulong);
    }

    private static void Run(long pages)
    {
        var spec = new MachineSpec { Memory = new ByteSize(1L << 40), Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", "clock"), AddressSpaces = BuiltIn.AddressSpaces };
        ProgramStep[] steps = [new MapStep("data", pages, Sim.Core.Hardware.PageSize.Base), new AccessStep("data", new ModelSpec("sequential", new SequentialOptions()), pages, 1)];
        var machine = new Machine(spec, [new ProcessSpec("p", () => new ProgramRun(steps, _ => 1), SimTime.Zero, 0)]);
        machine.Run();
    }

    /// <summary>What other benchmarks of the same invocation had resident does not count: 5 resets VmHWM (proc(5), clear_refs).</summary>
    private static void ForgetPeak()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>VmHWM: the most memory that this process had resident since then.</summary>
    private static long PeakResident()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        return long.Parse(new string([.. line.Where(char.IsDigit)])) * 1024;
    }
}
