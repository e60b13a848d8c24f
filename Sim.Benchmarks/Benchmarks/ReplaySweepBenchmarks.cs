using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Sim.Benchmarks.Harness;
using Sim.Core.Contracts;
using Sim.Lab.Execution;
using Sim.Policies.Reclaim;
using Sim.Workloads.Traces;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// A whole `sim replay`: the trace is read from its bytes, its pages are numbered, and sixty replays run over the one read, on all cores. Then
/// a single replay, from numbered pages and from ids as they are. All in elapsed time, which means something on free cores only.
/// </summary>
public sealed class ReplaySweepBenchmarks : IBenchmark
{
    /// <summary>Sixty replays are to take less than four of the yardstick.</summary>
    private const double Target = 60.0 / 4;

    private static readonly string[] Policies = ["fifo", "clock", "sieve", "lru", "s3-fifo", "arc"];
    private static readonly double[] Shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9];

    public string Name => "sweep";

    public IEnumerable<Row> Run(Session session)
    {
        ReferenceStream stream = session.Zipf;
        byte[] file = MemoryMarshal.AsBytes(stream.Pages.AsSpan()).ToArray();
        int[] sizes = [.. Shares.Select(share => (int)(share * stream.Touched))];
        (string What, double? Target, Contender Contender)[] rows =
        [
            ($"sweep: six policies x ten sizes over one read, {Environment.ProcessorCount} cores, elapsed time", Target, Sweep("sweep", Policies, sizes, isSparse: false)),
            ("sweep: lru alone, numbered pages", null, Sweep("numbered", ["lru"], [stream.Frames], isSparse: false)),
            ("sweep: lru alone, sparse", null, Sweep("sparse", ["lru"], [stream.Frames], isSparse: true)),
            ("sweep: clock alone, numbered pages", null, Sweep("numbered", ["clock"], [stream.Frames], isSparse: false)),
            ("sweep: clock alone, sparse", null, Sweep("sparse", ["clock"], [stream.Frames], isSparse: true)),
        ];
        var results = Medians.RaceElapsed(session, session.Yardstick(stream), [.. rows.Select(row => row.Contender)]);
        return rows.Zip(results, (row, result) => new Row(row.What, "x yardstick", row.Target, result.Ratio, Remark: Table.Rate(result.PerSecond.Median, "refs")));

        Contender Sweep(string name, string[] policies, int[] frames, bool isSparse) => new(name, () =>
        {
            var sweep = new ReplaySweep(new PolicyCatalogue(typeof(Fifo).Assembly), policies, 1, Environment.ProcessorCount);
            return () =>
            {
                using TraceReader trace = TraceFile.Open(new MemoryStream(file), "stream", new TraceOptions(TraceFormat.U32));
                using var numbered = new NumberedTrace(trace);
                ReplayResult result = isSparse ? sweep.RunSparse(trace, frames) : sweep.Run(numbered, frames);
                return result.References * result.Rows.Count;
            };
        });
    }
}
