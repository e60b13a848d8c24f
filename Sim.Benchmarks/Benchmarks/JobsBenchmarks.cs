using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Sim.Benchmarks.Harness;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// Whether two runs at a time get twice as far as one: the whole machine on the stack-distance stream, alone, and beside another one on a thread of its
/// own. Elapsed time, since that is the question; other programs on the machine take from it.
/// </summary>
public sealed class JobsBenchmarks : IBenchmark
{
    public string Name => "jobs";

    public IEnumerable<Row> Run(Session session)
    {
        ReferenceStream stream = session.StackDistance;
        var ratios = new List<double>();
        for (int round = 0; round <= Medians.Rounds; round++)
        {
            session.Report($"one job and two jobs: {round} of {Medians.Rounds}");
            double ratio = 2 * Elapsed(stream, jobs: 1) / Elapsed(stream, jobs: 2);
            if (round > 0) ratios.Add(ratio);
        }
        yield return new Row("two jobs on two cores", "x the throughput of one", 1.9, Sample.Of(ratios));
    }

    private static double Elapsed(ReferenceStream stream, int jobs)
    {
        Func<long>[] runs = [.. Enumerable.Range(0, jobs).Select(_ => StreamMachine.Prepare(stream, "zram"))];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Thread[] threads = [.. runs.Select(run => new Thread(() => run()))];
        var watch = Stopwatch.StartNew();
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return watch.Elapsed.TotalSeconds;
    }
}
