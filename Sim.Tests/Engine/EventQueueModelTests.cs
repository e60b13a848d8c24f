using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Engine;

/// <summary>The event queue against a sorted set, over every shape of times and through growth and shrinkage. Does any order come out wrong?</summary>
public sealed class EventQueueModelTests
{
    [Fact]
    public void AnySeriesOfPhasesComesOutAsASortedSetSays()
    {
        Gen<Phase> phase =
            from shape in Gen.Elements(Enum.GetValues<TimeShape>())
            from steps in Gen.Frequency((3, Gen.Choose(1, 120)), (1, Gen.Choose(120, 4000)))
            from schedulePercent in Gen.Elements(0, 20, 50, 80, 100)
            from seed in Gen.Choose(0, int.MaxValue)
            select new Phase(shape, steps, schedulePercent, (ulong)seed);
        Arbitrary<Phase[]> phases = phase.NonEmptyListOf().Select(list => list.Take(12).ToArray()).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(phases, Follow));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void GrowingToFiftyThousandAndShrinkingToNothingComesOutAsASortedSetSays(TimeShape shape)
    {
        const int Most = 50_000;
        Follow(new Phase(shape, Most, 100, 1), new Phase(shape, Most, 50, 2), new Phase(shape, 2 * Most, 20, 3),
            new Phase(shape, Most, 80, 4), new Phase(shape, 2 * Most, 0, 5));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OneShapeAfterAnotherComesOutAsASortedSetSays(TimeShape shape)
    {
        foreach (TimeShape next in Enum.GetValues<TimeShape>())
            Follow(new Phase(shape, 1000, 90, 1), new Phase(next, 3000, 60, 2), new Phase(shape, 3000, 40, 3), new Phase(next, 5000, 10, 4));
    }

    public static TheoryData<TimeShape> Shapes => new(Enum.GetValues<TimeShape>());

    private static void Follow(params Phase[] phases)
    {
        var queue = new EventQueue();
        var model = new SortedSet<(long Time, ulong Sequence)>();
        ulong sequence = 0;
        foreach (Phase phase in phases)
        {
            var random = new RandomStream(phase.Seed);
            for (int step = 0; step < phase.Steps; step++)
            {
                if (random.Below(100) < (ulong)phase.SchedulePercent)
                {
                    long ahead = phase.Shape.Draw(ref random, step, phase.Steps);
                    SimTime time = queue.Now.SaturatingAdd(new SimTime(ahead));
                    queue.Schedule(time, (int)phase.Shape, (int)sequence);
                    model.Add((time.Picoseconds, sequence++));
                }
                else if (model.Count > 0)
                {
                    queue.NextTime.Picoseconds.ShouldBe(model.Min.Time);
                    Event next = queue.Dequeue();
                    (next.Time.Picoseconds, next.Sequence).ShouldBe(model.Min);
                    next.Argument.ShouldBe((int)next.Sequence);
                    model.Remove(model.Min);
                }
            }
            queue.Count.ShouldBe(model.Count);
        }
        foreach ((long time, ulong expected) in model)
        {
            Event next = queue.Dequeue();
            (next.Time.Picoseconds, next.Sequence).ShouldBe((time, expected));
        }
        queue.NextTime.ShouldBe(SimTime.Never);
    }

    /// <summary>A number of steps, each of which schedules or dequeues.</summary>
    private sealed record Phase(TimeShape Shape, int Steps, int SchedulePercent, ulong Seed);
}
