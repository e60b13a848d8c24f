using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Lab.Experiments;
using Sim.Lab.Results;
using Sim.Lab.Statistics;

namespace Sim.Lab.Execution;

/// <summary>
/// Executes the runs of a study, several at a time, and keeps each as it is finished: what was computed once is not computed again, however the
/// last execution ended.
/// </summary>
public sealed class StudyRunner(Experiment experiment, StudyOptions options, StudyProgress progress)
{
    private readonly StudyStore _store = new(options.Folder);
    private readonly ConcurrentDictionary<(int Point, int Replication), RunRecord> _records = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private int _computed;

    /// <summary>One line for each kept run that could not be used.</summary>
    public IReadOnlyList<string> Warnings => _store.Warnings;

    /// <summary>Executes what is missing. A cancelled execution returns at once with what is finished.</summary>
    /// <exception cref="ResultsException">The results cannot be written.</exception>
    public StudyOutcome Run(CancellationToken cancellation)
    {
        StudyFolder.Prepare(options.Folder);
        var wanted = experiment.Points.ToDictionary(point => point, _ => experiment.Replications.Minimum);
        try
        {
            ExecuteMissing(wanted, cancellation);
            while (experiment.Replications.IsPrecisionDriven && AskForMore(wanted)) ExecuteMissing(wanted, cancellation);
        }
        catch (OperationCanceledException)
        {
        }
        RunRecord[] records = [.. _records.ToArray().OrderBy(entry => entry.Key.Point).ThenBy(entry => entry.Key.Replication).Select(entry => entry.Value)];
        return new StudyOutcome(records, [.. _failures.Order(StringComparer.Ordinal)], _computed, progress.Reused, cancellation.IsCancellationRequested);
    }

    private void ExecuteMissing(Dictionary<StudyPoint, int> wanted, CancellationToken cancellation)
    {
        RunSpec[] missing = [.. Missing(wanted)];
        progress.Runs += missing.Length;
        bool reuses = !options.IsFresh && options.CheckEvery is null;
        var toCompute = new List<RunSpec>();
        foreach (RunSpec run in missing)
        {
            cancellation.ThrowIfCancellationRequested();
            if (reuses && _store.TryRead(run.Id, out RunRecord record)) Reuse(run, record);
            else toCompute.Add(run);
        }
        progress.References += toCompute.Sum(run => run.TotalReferences * (run.IsWarmupAuto ? 2 : 1));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        try
        {
            // Once cancelled, a run that is under way is not waited for: it may take long.
            Task.Run(() => Parallel.ForEach(Partitioner.Create(toCompute, EnumerablePartitionerOptions.NoBuffering), parallel, Compute), CancellationToken.None)
                .WaitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private IEnumerable<RunSpec> Missing(Dictionary<StudyPoint, int> wanted) =>
        from point in experiment.Points
        from replication in Enumerable.Range(0, wanted[point])
        where !_records.ContainsKey((point.Index, replication))
        select experiment.RunOf(point, replication);

    /// <summary>The same run may have been asked for under a study with other parameters in view: those are this study's.</summary>
    private void Reuse(RunSpec run, RunRecord record)
    {
        _records[(run.Point.Index, run.Replication)] = record with { Parameters = run.Parameters };
        progress.OnReused();
    }

    private void Compute(RunSpec run)
    {
        try
        {
            RunRecord record = RunExecutor.Execute(run, options.CheckEvery, machine => progress.OnStarted(run.Id, machine));
            _store.Write(record);
            _records[(run.Point.Index, run.Replication)] = record;
        }
        catch (Exception e) when (e is not ResultsException)
        {
            // One run that fails does not take the others with it. What no study should bring about is named by its type as well.
            string kind = e is RunFailedException or InvalidOperationException or PolicyOptionException or OutOfMemoryException ? "" : e.GetType().Name + ": ";
            _failures.Enqueue($"run {run.Id} ({run.Point}, replication {run.Replication}): {kind}{e.Message.ReplaceLineEndings(" ")}");
        }
        Interlocked.Increment(ref _computed);
        progress.OnFinished(run.Id, run.TotalReferences);
    }

    /// <summary>
    /// Whether some point needs another replication: looks at replications 1 to k in order, never at whichever finished first, so that the number does
    /// not depend on the jobs.
    /// </summary>
    private bool AskForMore(Dictionary<StudyPoint, int> wanted)
    {
        ReplicationPlan plan = experiment.Replications;
        int metric = MetricCatalogue.All.Select((definition, index) => (definition, index)).First(pair => pair.definition.Name == plan.Metric).index;
        bool any = false;
        foreach (StudyPoint point in experiment.Points)
        {
            if (wanted[point] >= plan.Maximum) continue;
            double[] values = [.. Enumerable.Range(0, wanted[point]).Select(replication =>
                _records.TryGetValue((point.Index, replication), out RunRecord? record) ? record.Metrics[metric] : double.NaN)];
            ConfidenceInterval interval = ConfidenceInterval.Of(values);
            if (!interval.IsDefined || interval.HalfWidth <= plan.Relative * Math.Abs(interval.Mean)) continue;
            wanted[point]++;
            any = true;
        }
        return any;
    }
}
