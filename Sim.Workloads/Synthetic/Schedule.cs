using System;
using System.Collections.Generic;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Options of <see cref="Schedule"/>.</summary>
public sealed record ScheduleOptions
{
    [Option("The models in their order, each with the references that it makes")]
    public IReadOnlyList<ScheduleStep> Steps { get; init; } = [];

    [Option("Whether the first step follows the last; otherwise the last goes on for ever")]
    public bool Repeat { get; init; } = true;
}

/// <summary>One model after another. A model that comes again goes on where it stopped.</summary>
[Paper(
    "Runs a sequence of models, each for a number of references, and then again or the last one for ever.",
    "A. P. Batson and A. W. Madison, Measurements of major locality phases in symbolic reference strings, SIGMETRICS 1976 (phases; here given, not drawn)")]
public sealed class Schedule : IReferenceModel, IModel<Schedule, ScheduleOptions>
{
    private readonly PlacedModel[] _steps;
    private readonly long[] _counts;
    private int _step;
    private long _remaining;

    private Schedule(PlacedModel[] steps, long[] counts, ModelContext context)
    {
        Pages = context.Pages;
        _steps = steps;
        _counts = counts;
        _remaining = counts[0];
    }

    /// <inheritdoc/>
    public static string Name => "schedule";

    /// <inheritdoc/>
    public long Pages { get; }

    /// <inheritdoc/>
    public static Schedule Create(ScheduleOptions options, ModelContext context)
    {
        int count = options.Steps.Count;
        if (count == 0) throw new PolicyOptionException($"{Name}: it has no steps; it needs at least one");
        var steps = new PlacedModel[count];
        var counts = new long[count];
        for (int i = 0; i < count; i++)
        {
            ScheduleStep step = options.Steps[i];
            bool isEndless = i == count - 1 && !options.Repeat;
            if (step.Count == 0 && !isEndless)
                throw new PolicyOptionException($"{Name}: steps[{i}] has a count of 0; only the last step of a schedule with repeat false goes on for ever");
            steps[i] = PlacedModel.Create(step.Model, step.First, step.Pages, $"{Name}: steps[{i}]", context);
            counts[i] = isEndless ? long.MaxValue : step.Count;
        }
        return new Schedule(steps, counts, context);
    }

    /// <inheritdoc/>
    public void Fill(Span<uint> pages)
    {
        while (!pages.IsEmpty)
        {
            int run = (int)Math.Min(pages.Length, _remaining);
            _steps[_step].Fill(pages[..run]);
            pages = pages[run..];
            _remaining -= run;
            if (_remaining > 0) continue;
            _step = (_step + 1) % _steps.Length;
            _remaining = _counts[_step];
        }
    }
}
