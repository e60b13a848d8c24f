using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Reclaim.Replay;
using Sim.Lab.Catalogue;
using Sim.Lab.Curves;
using Sim.Lab.Experiments;
using Sim.Policies.Reclaim;
using Sim.Workloads.Traces;

namespace Sim.Lab.Execution;

/// <summary>
/// Replays a trace under several policies and sizes, over one read of it. The same seed gives the same misses, whatever the jobs. For each policy and
/// size it takes at most 10 bytes a page of the trace (numbering the pages up to 80, once for all) and what the policy keeps of its frames.
/// </summary>
public sealed class ReplaySweep
{
    private const int FirstPages = 1 << 16;

    /// <summary>
    /// From so many sizes of LRU on they are taken from one pass of stack distances, which gives the same counts for every size: ten sizes of 20 million
    /// references in 1.2 s of processor time instead of 2.6, reading and numbering included.
    /// </summary>
    private const int StackPassFrom = 4;

    private readonly (string Text, PolicyChoice Choice)[] _policies;
    private readonly ulong _seed;
    private readonly int _jobs;

    /// <summary>A sweep over these policies.</summary>
    /// <param name="catalogue">Where they are found.</param>
    /// <param name="policies">Reclaim policies with their options.</param>
    /// <param name="seed">Of the policies that draw.</param>
    /// <param name="jobs">Replays at a time.</param>
    /// <exception cref="PolicyOptionException">A policy or an option does not exist.</exception>
    public ReplaySweep(PolicyCatalogue catalogue, IReadOnlyList<string> policies, ulong seed, int jobs)
    {
        _policies = [.. policies.Select(text => (text, PolicyChoice.Parse(catalogue, "reclaim", text)))];
        _seed = seed;
        _jobs = jobs;
    }

    /// <summary>The first policy that needs to know the whole trace in advance, or null. It can be replayed from a <see cref="PageTrace"/> only.</summary>
    public string? NeedsFuture => _policies.FirstOrDefault(policy => policy.Choice.Entry.NeedsFuture).Text;

    /// <summary>Every policy with every number of frames, over a trace that is read meanwhile.</summary>
    /// <exception cref="PolicyOptionException">An option does not fit the frames.</exception>
    /// <exception cref="TraceFormatException">The trace is not whole.</exception>
    public ReplayResult Run(NumberedTrace trace, IReadOnlyList<int> frames, TraceProgress? progress = null) =>
        Run(trace, () => trace.Share, null, FirstPages, frames, progress);

    /// <summary>The same over a trace in memory.</summary>
    /// <inheritdoc cref="Run(NumberedTrace, IReadOnlyList{int}, TraceProgress)"/>
    public ReplayResult Run(PageTrace trace, IReadOnlyList<int> frames, TraceProgress? progress = null)
    {
        IReferenceFuture? future = NeedsFuture is null ? null : new ReferenceFuture(trace.References, trace.DistinctPages);
        var rest = new PageTraceRest(trace);
        return Run(rest, () => (double)rest.Position / trace.Length, future, trace.DistinctPages, frames, progress);
    }

    /// <summary>
    /// The same over page ids as they are: memory is bounded by frames and the shadows that policies leave instead of by the pages of the trace, and
    /// every replay looks every reference up in a hash of its own: two to three times slower (benchmark `sweep`).
    /// </summary>
    /// <inheritdoc cref="Run(NumberedTrace, IReadOnlyList{int}, TraceProgress)"/>
    public ReplayResult RunSparse(TraceReader trace, IReadOnlyList<int> frames, TraceProgress? progress = null)
    {
        var cells = CellsOf(frames, (choice, size, seed) => ReplayFactory.CreateSparse(choice, size, seed));
        progress?.OnOpened(() => trace.Share, cells.Length);
        long references = OneRead.Run(trace, [.. cells.Select(cell => (Action<ReferenceBlock<ulong>>)(block => Step(cell.Choice, () => cell.Replay.Run(block.References.Span))))], _jobs, progress);
        foreach (var cell in cells) Step(cell.Choice, cell.Replay.CheckInvariants);
        return new ReplayResult(references, null, [.. cells.Select(cell => new ReplayRow(cell.Text, cell.Frames, references, cell.Replay.Misses))]);
    }

    private ReplayResult Run(INumberedReferences trace, Func<double?> share, IReferenceFuture? future, long pages, IReadOnlyList<int> frames, TraceProgress? progress)
    {
        StackDistances? lru = frames.Count >= StackPassFrom && _policies.Any(IsLru) ? new StackDistances() : null;
        var cells = CellsOf(frames, (choice, size, seed) => ReplayFactory.Create(choice, pages, size, seed, future), policy => lru is null || !IsLru(policy));
        // The longest pass first, so that no core waits for it at the end of a block.
        Action<ReferenceBlock<uint>>[] passes =
        [
            .. lru is null ? [] : (Action<ReferenceBlock<uint>>[])[block => lru.Run(block.References.Span, block.Pages)],
            .. cells.Select(cell => (Action<ReferenceBlock<uint>>)(block => Step(cell.Choice, () =>
            {
                cell.Replay.Reserve(block.Pages);
                cell.Replay.Run(block.References.Span);
            }))),
        ];
        progress?.OnOpened(share, passes.Length);
        long references = OneRead.Run(trace, passes, _jobs, progress);
        foreach (var cell in cells) Step(cell.Choice, cell.Replay.CheckInvariants);
        ReplayRow[] replayed = [.. cells.Select(cell => new ReplayRow(cell.Text, cell.Frames, references, cell.Replay.Misses))];
        long[]? curve = lru?.Misses();
        int next = 0;
        return new ReplayResult(references, trace.Pages, [.. _policies.SelectMany(policy => frames.Select(size => curve is not null && IsLru(policy)
            ? new ReplayRow(policy.Text, size, references, curve[Math.Min(size, curve.Length - 1)])
            : replayed[next++]))]);
    }

    /// <summary>What goes wrong in a policy of the user's own is said in a line; in one of ours it is a defect, and its trace is wanted.</summary>
    private static void Step(PolicyChoice policy, Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (e is not PolicyOptionException && PolicyFile.HashOf(policy.Entry) is not null)
        {
            Exception cause = e.GetBaseException();
            throw new RunFailedException($"policy {policy}: {cause.GetType().Name}: {cause.Message}");
        }
    }

    private static bool IsLru((string Text, PolicyChoice Choice) policy) => policy.Choice.Entry.Implementation == typeof(Lru);

    /// <summary>A policy that draws gets the stream of a study's first machine and domain, and so misses as it does in a study with this seed.</summary>
    private (string Text, PolicyChoice Choice, int Frames, TReplay Replay)[] CellsOf<TReplay>(IReadOnlyList<int> frames, Func<PolicyChoice, int, ulong, TReplay> create,
        Func<(string Text, PolicyChoice Choice), bool>? isReplayed = null)
    {
        ulong seed = MachineSpec.ReclaimSeed(RunSpec.MachineSeed(_seed, 0), 0);
        return [.. _policies.Where(policy => isReplayed is null || isReplayed(policy)).SelectMany(policy => frames.Select(size =>
        {
            TReplay replay = default!;
            Step(policy.Choice, () => replay = create(policy.Choice, size, seed));
            return (policy.Text, policy.Choice, size, replay);
        }))];
    }
}
