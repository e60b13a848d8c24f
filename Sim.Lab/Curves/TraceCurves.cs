using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Execution;
using Sim.Lab.Verification.ClosedForms;
using Sim.Workloads.Traces;

namespace Sim.Lab.Curves;

/// <summary>What one pass over a trace tells of its locality.</summary>
public sealed record TraceCurves
{
    /// <summary>References of the trace.</summary>
    public required long References { get; init; }

    /// <summary>Its different pages; an estimate where it was sampled.</summary>
    public required double Pages { get; init; }

    /// <summary>LRU by frames: every size from 1 to the number of pages, or where the trace was sampled some sizes with a band of error.</summary>
    public required IReadOnlyList<MissRatioPoint> Lru { get; init; }

    /// <summary>The working set by window; empty where the trace was sampled.</summary>
    public IReadOnlyList<WorkingSetPoint> WorkingSets { get; init; } = [];

    /// <summary>Different pages by references; empty where the trace was sampled.</summary>
    public IReadOnlyList<FootprintPoint> Footprint { get; init; } = [];

    /// <summary>The sample; null where the curve is exact.</summary>
    public ShardsSample? Sample { get; init; }

    /// <summary>The knee of LRU's lifetime function, argmax L(x) / x; null where it has none.</summary>
    public LifetimeKnee? LruKnee => LifetimeFunction.Knee([.. Lru.Select(point => (double)point.Frames)], [.. Lru.Select(point => point.Lifetime)]);

    /// <summary>The knee of the working set's lifetime function over its mean size; null where it has none.</summary>
    public LifetimeKnee? WorkingSetKnee
    {
        get
        {
            WorkingSetPoint[] points = [.. WorkingSets.Where(point => point.Window > 0)];
            return LifetimeFunction.Knee([.. points.Select(point => point.MeanSize)], [.. points.Select(point => point.Lifetime)]);
        }
    }

    /// <summary>The exact curves. Throws a <see cref="TraceFormatException"/> where the trace is not whole.</summary>
    public static TraceCurves Of(INumberedReferences trace, Func<double?> shareRead, int jobs, TraceProgress? progress = null)
    {
        var distances = new StackDistances();
        var intervals = new ReuseIntervals();
        progress?.OnOpened(shareRead, 1);
        // Two passes over each reference, side by side; the progress counts them as one.
        OneRead.Run(trace, [block => distances.Run(block.References.Span, block.Pages), block => intervals.Run(block.References.Span, block.Pages)], jobs, progress);
        long[] misses = distances.Misses();
        double references = distances.References;
        return new TraceCurves
        {
            References = distances.References,
            Pages = distances.Pages,
            Lru = [.. Enumerable.Range(1, distances.Pages).Select(frames =>
                new MissRatioPoint(frames, misses[frames], misses[frames] / references, misses[frames] / references, misses[frames] / references))],
            WorkingSets = intervals.WorkingSets(),
            Footprint = intervals.Footprint(),
        };
    }

    /// <summary>The miss-ratio curve from a sample. Throws a <see cref="TraceFormatException"/> where the trace is not whole.</summary>
    public static TraceCurves Of(TraceReader trace, ShardsSample sample, TraceProgress? progress = null)
    {
        progress?.OnOpened(() => trace.Share, 1);
        OneRead.Run(trace, [block => sample.Run(block.References.Span)], 2, progress);
        return new TraceCurves { References = sample.References, Pages = sample.Pages, Lru = sample.Curve(), Sample = sample };
    }
}
