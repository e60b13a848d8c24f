using System.Collections.Generic;
using Sim.Lab.Verification.ClosedForms;

namespace Sim.Lab.Verification.Suites;

/// <summary>Strings whose miss counts are known exactly: textbook examples and cyclic loops.</summary>
internal static class ReferenceStrings
{
    private const string Suite = "reference strings";
    private static readonly uint[] Belady = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
    private static readonly uint[] Silberschatz = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

    public static IEnumerable<VerificationCheck> Run(bool isQuick)
    {
        foreach (var (policy, three, four) in new[] { ("fifo", 9, 10), ("lru", 10, 8), ("opt", 7, 6), ("clock", 9, 10) })
        {
            yield return Count($"Belady's string, {policy}, 3 frames", policy, 3, Belady, three, "Belady, Nelson, Shedler, CACM 12(6), 1969");
            yield return Count($"Belady's string, {policy}, 4 frames", policy, 4, Belady, four, "Belady, Nelson, Shedler, CACM 12(6), 1969");
        }
        foreach (var (policy, misses) in new[] { ("fifo", 15), ("lru", 12), ("opt", 9) })
            yield return Count($"Silberschatz's string, {policy}, 3 frames", policy, 3, Silberschatz, misses, "Silberschatz, Galvin, Gagne, Operating System Concepts");
        foreach (string policy in new[] { "lru", "fifo", "clock", "sieve" })
            yield return Count($"loop of 100 in 99 frames, {policy}", policy, 99, ReplayOf.Loop(100, 10_000), 10_000, "every reference misses");
        uint[] loop = ReplayOf.Loop(50, 50 + (49 * 2_000));
        foreach (string policy in new[] { "opt", "mru" })
        {
            double misses = (ReplayOf.Misses(policy, 30, loop, 50) - 50.0) / (49 * 2_000);
            yield return VerificationCheck.Within(Suite, $"loop of 50 in 30 frames, {policy}", misses, CyclicLoop.Opt(50, 30), 0.001, "(N - C) / (N - 1)");
        }
        foreach (int pages in new[] { 3, 5, 10, 50 })
        {
            var (mean, error) = ReplayOf.BatchMeans("random", pages - 1, ReplayOf.Loop(pages, isQuick ? 420_000 : 2_100_000), pages);
            yield return VerificationCheck.Within(Suite, $"loop of {pages} in {pages - 1} frames, random", mean, CyclicLoop.Random(pages, pages - 1), 4 * error, "2 / N, at four standard errors");
        }
        double large = ReplayOf.BatchMeans("random", 60, ReplayOf.Loop(100, 420_000), 100).Mean;
        yield return VerificationCheck.Within(Suite, "loop of 100 in 60 frames, random", large, CyclicLoop.Random(100, 60), 0.006, "fixed point of m = 1 - (1 - 1/C)^(m (N - 1)), an approximation");
    }

    private static VerificationCheck Count(string name, string policy, int frames, uint[] references, long expected, string source) =>
        VerificationCheck.Exact(Suite, name, ReplayOf.Misses(policy, frames, references, 128), expected, source);
}
