using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Reclaim.Replay;
using Sim.Workloads.Traces;

namespace Sim.Lab.Execution;

/// <summary>One policy with one number of frames over a trace.</summary>
/// <param name="Policy">The policy as it was given.</param>
/// <param name="Frames">Frames.</param>
/// <param name="References">References of the trace.</param>
/// <param name="Misses">References that found their page absent.</param>
public sealed record ReplayRow(string Policy, int Frames, long References, long Misses)
{
    /// <summary>Misses per reference.</summary>
    public double MissRatio => (double)Misses / References;
}

/// <summary>Replays a trace under several policies and sizes, as many at a time as there are jobs.</summary>
public static class ReplaySweep
{
    private const int Block = 1 << 16;

    /// <summary>Splits a list of policies at the commas outside of parentheses.</summary>
    public static IReadOnlyList<string> SplitPolicies(string text)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '(') depth++;
            else if (i < text.Length && text[i] == ')') depth--;
            if (i < text.Length && (text[i] != ',' || depth > 0)) continue;
            if (text[start..i].Trim() is { Length: > 0 } part) parts.Add(part);
            start = i + 1;
        }
        return parts;
    }

    /// <summary>Every policy with every number of frames, policies first. The same seed gives the same misses, whatever the jobs.</summary>
    /// <exception cref="PolicyOptionException">A policy or an option does not exist or does not fit.</exception>
    public static IReadOnlyList<ReplayRow> Run(PageTrace trace, PolicyCatalogue catalogue, IReadOnlyList<string> policies, IReadOnlyList<int> frames,
        ulong seed, int jobs, Action<long>? progress = null)
    {
        (string Text, PolicyChoice Choice)[] choices = [.. policies.Select(text => (text, PolicyChoice.Parse(catalogue, "reclaim", text)))];
        IReferenceFuture? future = choices.Any(choice => choice.Choice.Entry.NeedsFuture)
            ? new ReferenceFuture(trace.References, trace.DistinctPages)
            : null;
        var work = choices.SelectMany(choice => frames.Select(size => (choice.Text, choice.Choice, size))).ToArray();
        foreach (var (_, choice, size) in work) choice.Create(new PolicyContext(size, size, 0, future));
        var rows = new ReplayRow[work.Length];
        long done = 0;
        Parallel.For(0, work.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, index =>
        {
            var (text, choice, size) = work[index];
            IReplay replay = ReplayFactory.Create(choice, trace.DistinctPages, size, RandomStream.SeedOf(seed, 0, $"{choice}/{size}"), future);
            for (int start = 0; start < trace.Length; start += Block)
            {
                int count = Math.Min(Block, trace.Length - start);
                replay.Run(trace.References.Slice(start, count));
                progress?.Invoke(Interlocked.Add(ref done, count));
            }
            replay.CheckInvariants();
            rows[index] = new ReplayRow(text, size, trace.Length, replay.Misses);
        });
        return rows;
    }
}
