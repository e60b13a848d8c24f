using System;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Reclaim.Replay;
using Sim.Lab.Statistics;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Verification.Suites;

/// <summary>Miss counts of replay, for the suites.</summary>
internal static class ReplayOf
{
    private const int Batches = 20;

    public static long Misses(string policy, int frames, ReadOnlySpan<uint> references, long pages)
    {
        PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
        IReferenceFuture? future = choice.Entry.NeedsFuture ? new ReferenceFuture(references, pages) : null;
        IReplay replay = ReplayFactory.Create(choice, pages, frames, 7, future);
        replay.Run(references);
        return replay.Misses;
    }

    /// <summary>
    /// The miss ratio once memory has filled, and its standard error: twenty stretches of the references, each behind one that
    /// only warms up, each with another seed of the policy.
    /// </summary>
    public static (double Mean, double Error) BatchMeans(string policy, int frames, uint[] references, long pages)
    {
        int length = references.Length / (Batches + 1);
        Moments moments = Moments.Of([.. Enumerable.Range(1, Batches).Select(batch =>
            WarmMissRatio(policy, frames, references[((batch - 1) * length)..((batch + 1) * length)], pages, length, (ulong)batch))]);
        return (moments.Mean, moments.StandardError);
    }

    public static uint[] Stream(string model, object options, long pages, int length, ulong seed)
    {
        var references = new uint[length];
        ModelCatalogue.Create(new ModelSpec(model, options), new ModelContext(pages, seed)).Fill(references);
        return references;
    }

    public static uint[] Loop(int pages, int length) => [.. Enumerable.Range(0, length).Select(i => (uint)(i % pages))];

    private static double WarmMissRatio(string policy, int frames, uint[] references, long pages, int warmup, ulong seed)
    {
        PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
        IReferenceFuture? future = choice.Entry.NeedsFuture ? new ReferenceFuture(references, pages) : null;
        IReplay replay = ReplayFactory.Create(choice, pages, frames, seed, future);
        replay.Run(references.AsSpan(0, warmup));
        long cold = replay.Misses;
        replay.Run(references.AsSpan(warmup));
        return (double)(replay.Misses - cold) / (references.Length - warmup);
    }
}
