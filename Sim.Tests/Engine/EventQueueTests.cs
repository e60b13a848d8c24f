using System;
using System.Collections.Generic;
using Shouldly;
using Sim.Core.Engine;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Engine;

/// <summary>The contract of the event queue, rule by rule.</summary>
public sealed class EventQueueTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(5000)]
    public void EqualTimesAreFirstComeFirstServed(int events)
    {
        var queue = new EventQueue();
        for (int i = 0; i < events; i++) queue.Schedule(At(100 + (i % 3)), 0, i);
        var last = new[] { -1, -1, -1 };
        for (int i = 0; i < events; i++)
        {
            Event next = queue.Dequeue();
            int group = next.Argument % 3;
            next.Time.ShouldBe(At(100 + group));
            next.Argument.ShouldBeGreaterThan(last[group]);
            last[group] = next.Argument;
        }
        last.ShouldBe([((events - 1) / 3 * 3), ((events - 2) / 3 * 3) + 1, ((events - 3) / 3 * 3) + 2]);
    }

    [Fact]
    public void AnEventAtTheTimeOfTheLastOneIsAllowedAndComesNext()
    {
        var queue = new EventQueue();
        queue.Schedule(At(5), 1, 0);
        queue.Schedule(At(9), 2, 0);
        queue.Dequeue();
        queue.Schedule(At(5), 3, 0);
        queue.Dequeue().Kind.ShouldBe(3);
    }

    [Fact]
    public void SchedulingIntoThePastThrowsAndNamesBothTimes()
    {
        var queue = new EventQueue();
        queue.Schedule(SimTime.FromNanoseconds(7), 0, 0);
        queue.Dequeue();
        string message = Should.Throw<ArgumentOutOfRangeException>(() => queue.Schedule(SimTime.FromNanoseconds(6.5), 0, 0)).Message;
        message.ShouldContain("6.5ns (6500 ps)");
        message.ShouldContain("7ns (7000 ps)");
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public void SchedulingBeforeTheStartOfTheRunThrows() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new EventQueue().Schedule(At(-1), 0, 0));

    [Fact]
    public void AnEmptyQueueHasNoNextEvent()
    {
        var queue = new EventQueue();
        queue.NextTime.ShouldBe(SimTime.Never);
        queue.TryPeek(out _).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => queue.Dequeue());
    }

    [Fact]
    public void PeekingLeavesTheEvent()
    {
        var queue = new EventQueue();
        queue.Schedule(At(4), 8, 15);
        queue.TryPeek(out Event next).ShouldBeTrue();
        next.ShouldBe(new Event(At(4), 0, 8, 15));
        queue.Count.ShouldBe(1);
        queue.Dequeue().ShouldBe(next);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void ClearingForgetsTheEventsButNeitherSequenceNorTime(int events)
    {
        var queue = new EventQueue();
        for (int i = 0; i < events; i++) queue.Schedule(At(10 + (i * 13 % 997)), 0, i);
        queue.Dequeue();
        queue.Clear();
        queue.Count.ShouldBe(0);
        queue.NextTime.ShouldBe(SimTime.Never);
        Should.Throw<ArgumentOutOfRangeException>(() => queue.Schedule(At(9), 0, 0));
        queue.Schedule(At(10), 0, 0);
        queue.Dequeue().Sequence.ShouldBe((ulong)events);
    }

    [Fact]
    public void AnEventAtTheEndOfTimeIsTheLast()
    {
        var queue = new EventQueue();
        queue.Schedule(SimTime.Never, 1, 0);
        for (int i = 0; i < 1000; i++) queue.Schedule(At(i), 0, i);
        for (int i = 0; i < 1000; i++) queue.Dequeue().Argument.ShouldBe(i);
        queue.Dequeue().ShouldBe(new Event(SimTime.Never, 0, 1, 0));
    }

    public static IEnumerable<object[]> ShapesAndSizes()
    {
        foreach (TimeShape shape in Enum.GetValues<TimeShape>())
        {
            foreach (int pending in new[] { 20, 64, 1000, 30_000 }) yield return [shape, pending];
        }
    }

    /// <summary>Also through shrinking and growing again, as long as no more are pending than ever before.</summary>
    [Theory]
    [MemberData(nameof(ShapesAndSizes))]
    public void NothingIsAllocatedOnceAsManyHaveBeenPending(TimeShape shape, int pending)
    {
        var queue = new EventQueue();
        var random = new RandomStream(1);
        Churn(queue, shape, ref random, pending);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 3; round++) Churn(queue, shape, ref random, pending);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Churn(EventQueue queue, TimeShape shape, ref RandomStream random, int pending)
    {
        for (int step = 0; queue.Count < pending; step++) Schedule(queue, shape.Draw(ref random, step, pending));
        for (int step = 0; step < 2 * pending; step++)
        {
            queue.Dequeue();
            Schedule(queue, shape.Draw(ref random, step, 2 * pending));
        }
        while (queue.Count > 0) queue.Dequeue();
    }

    private static void Schedule(EventQueue queue, long ahead) => queue.Schedule(queue.Now.SaturatingAdd(new SimTime(ahead)), 0, 0);

    private static SimTime At(long picoseconds) => new(picoseconds);
}
