using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Sim.Workloads.Traces;

namespace Sim.Lab.Execution;

/// <summary>
/// Reads a trace once and shows it to several passes, a block of a million references after the other, as many passes at a time as there are jobs; the
/// next block is read meanwhile. A block is long so that what a pass keeps of the pages is brought into a core's caches once for many references: with
/// blocks of 64 Ki references sixty replays of 20 million took 1.4 times the processor time. No pass learns of the others, so that their number and order change nothing.
/// </summary>
public static class OneRead
{
    private const int BlockLength = 1 << 20;

    /// <summary>Shows all references of a numbered trace to all passes. Throws what reading the trace or a pass throws. Returns the number of references.</summary>
    public static long Run(INumberedReferences trace, IReadOnlyList<Action<ReferenceBlock<uint>>> passes, int jobs, TraceProgress? progress = null) =>
        Run<uint>(buffer => (trace.Read(buffer), trace.Pages), passes, jobs, progress);

    /// <summary>The same for a trace whose ids are taken as they are.</summary>
    public static long Run(TraceReader trace, IReadOnlyList<Action<ReferenceBlock<ulong>>> passes, int jobs, TraceProgress? progress = null) =>
        Run<ulong>(buffer => (trace.Read(buffer), 0), passes, jobs, progress);

    private static long Run<TReference>(Func<TReference[], (int Count, int Pages)> read, IReadOnlyList<Action<ReferenceBlock<TReference>>> passes, int jobs,
        TraceProgress? progress)
    {
        TReference[] shown = new TReference[BlockLength], next = new TReference[BlockLength];
        long start = 0;
        (int count, int pages) = read(shown);
        while (count > 0)
        {
            var block = new ReferenceBlock<TReference>(shown.AsMemory(0, count), start, pages);
            (int Count, int Pages) following = default;
            Share(passes.Count + 1, jobs, item =>
            {
                if (item == 0)
                {
                    following = read(next);
                    return;
                }
                passes[item - 1](block);
                progress?.OnPassed(block.References.Length);
            });
            progress?.OnBlock(count);
            start += count;
            (count, pages) = following;
            (shown, next) = (next, shown);
        }
        return start;
    }

    /// <summary>Does all items, each taken by the next worker that is free.</summary>
    private static void Share(int items, int jobs, Action<int> work)
    {
        int taken = -1;
        try
        {
            Parallel.For(0, Math.Min(items, jobs), new ParallelOptions { MaxDegreeOfParallelism = jobs }, _ =>
            {
                while (Interlocked.Increment(ref taken) is int item && item < items) work(item);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions.FirstOrDefault(inner => inner is TraceFormatException) ?? e.InnerExceptions[0]);
        }
    }
}
