using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Sim.Benchmarks.Harness;

/// <summary>
/// Races contenders against a yardstick. Each round runs the yardstick and then every contender once (A B C A B C), so that a slow
/// spell of the machine meets all alike; the first round is discarded, since the compiler is still at work in it. Time is the
/// processor time of this process, which other processes on the machine do not add to; elapsed time for what runs on several cores.
/// </summary>
public static class Medians
{
    /// <summary>Rounds that count.</summary>
    public const int Rounds = 5;

    /// <summary>The discarded round is repeated until this has passed: a short one ends before the compiler does.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>For each contender its speed as a multiple of the yardstick's, and its own operations a second.</summary>
    public static (Sample Ratio, Sample PerSecond)[] Race(Session session, Contender yardstick, params IReadOnlyList<Contender> contenders) =>
        Race(session, () => Environment.CpuUsage.TotalTime, yardstick, contenders);

    /// <summary>The same by elapsed time.</summary>
    public static (Sample Ratio, Sample PerSecond)[] RaceElapsed(Session session, Contender yardstick, params IReadOnlyList<Contender> contenders) =>
        Race(session, () => Stopwatch.GetElapsedTime(0), yardstick, contenders);

    private static (Sample Ratio, Sample PerSecond)[] Race(Session session, Func<TimeSpan> clock, Contender yardstick, IReadOnlyList<Contender> contenders)
    {
        var ratios = contenders.Select(_ => new List<double>()).ToArray();
        var speeds = contenders.Select(_ => new List<double>()).ToArray();
        var warmUp = Stopwatch.StartNew();
        for (int round = 0; round <= Rounds; round++)
        {
            if (round > 0) session.Report($"{contenders[0].Name}{(contenders.Count > 1 ? $" and {contenders.Count - 1} more" : "")}: {round} of {Rounds}");
            double reference = Speed(yardstick, clock);
            for (int i = 0; i < contenders.Count; i++)
            {
                double speed = Speed(contenders[i], clock);
                if (round == 0) continue;
                ratios[i].Add(speed / reference);
                speeds[i].Add(speed);
            }
            if (round == 0 && warmUp.Elapsed < WarmUp) round--;
        }
        return ratios.Zip(speeds, (ratio, speed) => (Sample.Of(ratio), Sample.Of(speed))).ToArray();
    }

    /// <summary>Operations a second in one go.</summary>
    private static double Speed(Contender contender, Func<TimeSpan> clock)
    {
        Func<long> timed = contender.Prepare();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TimeSpan before = clock();
        long operations = timed();
        return operations / (clock() - before).TotalSeconds;
    }
}
