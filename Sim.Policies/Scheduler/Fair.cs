using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Policies.Scheduler;

/// <summary>
/// The task that has had least runs next: each has a virtual runtime, which passes the more slowly the greater its weight. All that can run share a period
/// of `latency` by weight. A task that wakes is placed half a period before the least virtual runtime there is, and takes the CPU from one that is ahead of it
/// by more than `wakeup-granularity`; a new one waits for a slice first.
/// <para>I. Molnar, Completely Fair Scheduler, Linux 2.6.23, 2007 (kernel/sched/fair.c until 6.5); C. A. Waldspurger, W. E. Weihl, "Stride scheduling",
/// MIT/LCS/TM-528, 1995.</para>
/// </summary>
[Paper("The task with the least virtual runtime runs next, for a share of a period by its weight.",
    "I. Molnar, Completely Fair Scheduler, Linux 2.6.23, 2007; C. A. Waldspurger, W. E. Weihl, Stride scheduling, MIT/LCS/TM-528, 1995")]
public sealed class Fair : IPolicy<Fair, FairOptions>, IScheduler
{
    /// <summary>The weight of nice 0.</summary>
    private const long Unit = 1024;

    /// <summary>sched_prio_to_weight, for nice -20 to 19: each step is worth about a tenth of the CPU.</summary>
    private static readonly long[] Weights =
    [
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916,
        9548, 7620, 6100, 4904, 3906, 3121, 2501, 1991, 1586, 1277,
        1024, 820, 655, 526, 423, 335, 272, 215, 172, 137,
        110, 87, 70, 56, 45, 36, 29, 23, 18, 15,
    ];

    private readonly FairOptions _options;
    // Deviation: one queue for all CPUs, where Linux has one for each and balances them.
    private readonly PriorityQueue<SimTask, (long VirtualRuntime, long Order)> _waiting = new();
    private readonly List<SimTask> _running = [];
    private readonly List<long?> _virtualRuntimes = [];
    private long _order, _totalWeight, _least;

    private Fair(FairOptions options) => _options = options;

    public static string Name => "scheduler/fair";

    public static Fair Create(FairOptions options, PolicyContext context) => options.MinGranularity <= options.Latency
        ? new Fair(options)
        : throw new PolicyOptionException($"min-granularity: a slice of at least {options.MinGranularity} is longer than the period of {options.Latency}");

    public int Waiting => _waiting.Count;

    public void OnReady(SimTask task, bool wasRunning)
    {
        while (_virtualRuntimes.Count <= task.Id) _virtualRuntimes.Add(null);
        if (wasRunning) _running.Remove(task);
        else
        {
            _totalWeight += WeightOf(task);
            // place_entity: a sleeper gains at most half a period; a new task begins after a slice of its own (START_DEBIT).
            _virtualRuntimes[task.Id] = _virtualRuntimes[task.Id] is { } before
                ? Math.Max(before, _least - _options.Latency.Picoseconds / 2)
                : _least + Virtual(SliceOf(task).Picoseconds, task);
        }
        _waiting.Enqueue(task, (VirtualRuntimeOf(task), _order++));
    }

    public SimTask SelectNext()
    {
        SimTask next = _waiting.Dequeue();
        _running.Add(next);
        AdvanceLeast();
        return next;
    }

    public void OnRan(SimTask task, SimTime time)
    {
        _virtualRuntimes[task.Id] += Virtual(time.Picoseconds, task);
        AdvanceLeast();
    }

    public void OnLeft(SimTask task)
    {
        _running.Remove(task);
        _totalWeight -= WeightOf(task);
    }

    public SimTime SliceOf(SimTask task)
    {
        long weight = WeightOf(task);
        long share = (long)((Int128)_options.Latency.Picoseconds * weight * Math.Max(1, _running.Count) / Math.Max(weight, _totalWeight));
        return SimTime.Max(_options.MinGranularity, new SimTime(Math.Min(share, _options.Latency.Picoseconds)));
    }

    public bool Preempts(SimTask woken, SimTask running) =>
        VirtualRuntimeOf(running) - VirtualRuntimeOf(woken) > Virtual(_options.WakeupGranularity.Picoseconds, woken);

    private long VirtualRuntimeOf(SimTask task) => _virtualRuntimes[task.Id]!.Value;

    private static long WeightOf(SimTask task) => Weights[task.Process.Nice - Process.LowestNice];

    private static long Virtual(long time, SimTask task) => (long)((Int128)time * Unit / WeightOf(task));

    /// <summary>min_vruntime: the least of all that run and wait, which never goes back.</summary>
    private void AdvanceLeast()
    {
        long least = _waiting.TryPeek(out _, out var first) ? first.VirtualRuntime : long.MaxValue;
        foreach (SimTask task in _running) least = Math.Min(least, VirtualRuntimeOf(task));
        if (least != long.MaxValue) _least = Math.Max(_least, least);
    }
}

/// <summary>Options of <see cref="Fair"/>; the defaults are those of a Linux with one CPU.</summary>
public sealed record FairOptions
{
    /// <summary>sched_latency_ns.</summary>
    [Option("The period in which each task that can run has its turn", Minimum = 1e3, Maximum = 1e12)]
    public SimTime Latency { get; init; } = SimTime.FromMilliseconds(6);

    /// <summary>sched_min_granularity_ns.</summary>
    [Option("The shortest slice, however many tasks there are", Minimum = 1e3, Maximum = 1e12)]
    public SimTime MinGranularity { get; init; } = SimTime.FromMicroseconds(750);

    /// <summary>sched_wakeup_granularity_ns.</summary>
    [Option("How far the running task must be ahead of one that wakes to lose its CPU", Minimum = 0, Maximum = 1e12)]
    public SimTime WakeupGranularity { get; init; } = SimTime.FromMilliseconds(1);
}
