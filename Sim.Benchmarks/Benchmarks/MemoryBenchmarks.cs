using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
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

    /// <summary>What the program is asked for in a child: <see cref="PeakOf"/>.</summary>
    public const string PeakVerb = "peak-of";

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

    /// <summary>
    /// By how much the host's peak grows from a tenth of the working set to all of it, each in a process of its own: what others have had resident in this
    /// one is used again. A page's entry in its table takes eight bytes more, and is not counted.
    /// </summary>
    private static double BytesAFrame(long frames) => (double)(PeakOfChild(frames) - PeakOfChild(frames / 10)) / (frames - frames / 10) - sizeof(ulong);

    private static long PeakOfChild(long pages)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(PeakVerb);
        start.ArgumentList.Add(pages.ToString(CultureInfo.InvariantCulture));
        using Process child = Process.Start(start)!;
        return long.Parse(child.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }

    /// <summary>The most memory that this process has had resident once a machine of 1 TiB has run over so many pages.</summary>
    public static long PeakOf(long pages)
    {
        Run(pages);
        return PeakResident();
    }

    private static void Run(long pages)
    {
        var spec = new MachineSpec { Memory = new ByteSize(1L << 40), Reclaim = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", "clock"), Scheduler = BuiltIn.Scheduler, AddressSpaces = BuiltIn.AddressSpaces };
        ProgramStep[] steps = [new MapStep("data", pages, Sim.Core.Hardware.PageSize.Base), new AccessStep("data", new ModelSpec("sequential", new SequentialOptions()), pages, 1)];
        var machine = new Machine(spec, [new ProcessSpec("p", () => new ProgramRun(steps, _ => 1), SimTime.Zero, 0)]);
        machine.Run();
    }

    /// <summary>VmHWM: the most memory that this process had resident.</summary>
    private static long PeakResident()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        return long.Parse(new string([.. line.Where(char.IsDigit)])) * 1024;
    }
}
