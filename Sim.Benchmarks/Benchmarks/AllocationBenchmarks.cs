using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Benchmarks.Harness;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Policies.Reclaim;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>Bytes that an access puts on the managed heap once things have settled.</summary>
public sealed class AllocationBenchmarks : IBenchmark
{
    public string Name => "allocation";

    public IEnumerable<Row> Run(Session session)
    {
        ReferenceStream stream = session.Zipf;
        foreach (PolicyEntry policy in new PolicyCatalogue(typeof(Fifo).Assembly).At("reclaim").Where(policy => session.Includes(policy.Name)))
        {
            session.Report($"allocation of {policy.Name}");
            yield return new Row($"replay: {policy.Name}, steady state", "bytes an access", 0, Sample.Exactly(BytesAnAccess(stream, policy)), IsAtMost: true);
        }
    }

    private static double BytesAnAccess(ReferenceStream stream, PolicyEntry policy)
    {
        var choice = new PolicyChoice(policy, Activator.CreateInstance(policy.OptionsType)!);
        IReferenceFuture? future = policy.NeedsFuture ? new ReferenceFuture(stream.Pages, stream.Bound) : null;
        IReplay replay = ReplayFactory.Create(choice, stream.Bound, stream.Frames, seed: 1, future);
        int half = Math.Min(stream.Pages.Length, 4_000_000) / 2;
        Action<ReadOnlySpan<uint>> run = replay.Run;
        stream.InBlocks(0, half, run);
        long before = GC.GetAllocatedBytesForCurrentThread();
        stream.InBlocks(half, 2 * half, run);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)half;
    }
}
