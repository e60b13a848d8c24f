using System.Linq;
using Shouldly;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class MultiQueueTests
{
    [Theory]
    [InlineData(8, 1, 4)]
    [InlineData(3, 2, 1)]
    [InlineData(2, 5, 2)]
    public void EveryVictimIsThePapers(int queues, int lifetime, int history) => Paper.Holds(
        $"mq(queues={queues},lifetime={lifetime},history={history})",
        frames => new MultiQueueModel(frames, queues, lifetime * frames, history * frames));

    /// <summary>
    /// Three frames, a lifetime of three references. Queues from oldest to newest.
    /// <code>
    ///   1 1 2 3   Q0 = 2 3    Q1 = 1
    ///   4         2 goes, Qout = 2; 1 has been idle for its lifetime and sinks: Q0 = 3 4 1
    ///   2         3 goes; its first reference is remembered: Q0 = 4 1, Q1 = 2
    ///   5         4 goes
    ///   6         1 goes
    /// </code>
    /// </summary>
    [Fact]
    public void IdlePagesSinkAndCountsAreRemembered()
    {
        IPolicyDriver memory = PolicyDriver.Create("mq(lifetime=1)", 3);
        foreach (ulong page in new ulong[] { 1, 1, 2, 3 }) memory.Reference(page).ShouldBeEmpty();
        ulong[] faults = [4, 2, 5, 6];
        faults.SelectMany(memory.Reference).ShouldBe([2ul, 3, 4, 1]);
    }

    [Fact]
    public void WithOneQueueItIsLru()
    {
        foreach (string trace in new[] { "phases", "zipf10_20k" })
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
                GoldenReplays.Misses(pages, "mq(queues=1)", size).ShouldBe(GoldenReplays.Misses(pages, "lru", size), $"{trace}, {size} frames");
        }
    }
}
