using System;
using Sim.Core.Engine;

namespace Sim.Tests.Engine;

/// <summary>How far ahead events are scheduled: the distributions that calendar-like queues are known to suffer from, and ordinary ones.</summary>
public enum TimeShape
{
    Exponential,
    AllEqual,
    FewDistinct,
    Bimodal,
    ExponentiallyGrowing,
    FarFuture,
    Decreasing,
    Consecutive,
}

/// <summary>Draws from a <see cref="TimeShape"/>.</summary>
public static class TimeShapes
{
    private const long FarAway = long.MaxValue / 4;

    /// <summary>A span ahead of now; <paramref name="step"/> counts the draws, of which there are <paramref name="steps"/>.</summary>
    public static long Draw(this TimeShape shape, ref RandomStream random, int step, int steps) => shape switch
    {
        TimeShape.Exponential => (long)random.NextExponential(1e6),
        TimeShape.AllEqual => 1000,
        TimeShape.FewDistinct => (long)random.Below(4) * 50,
        TimeShape.Bimodal => (random.Below(10) == 0 ? 1_000_000_000_000L : 0) + (long)random.Below(100),
        TimeShape.ExponentiallyGrowing => 1L << (int)random.Below(61),
        TimeShape.FarFuture => random.Below(50) == 0 ? FarAway : (long)random.Below(1000),
        TimeShape.Decreasing => (steps - step) * 7L,
        TimeShape.Consecutive => step,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no such shape"),
    };
}
