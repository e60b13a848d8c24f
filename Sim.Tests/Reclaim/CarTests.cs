using System;
using System.Linq;
using Shouldly;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class CarTests
{
    [Fact]
    public void EveryVictimIsThePapers() => Paper.Holds("car", frames => new CarModel(frames), strings: 200);

    /// <summary>
    /// Figure 2 with c = 2; pages whose bit is set in brackets.
    /// <code>
    ///   1 2 1   T1 = (1) 2
    ///   3       1 is passed and moves to T2, 2 goes        T1 = 3   T2 = 1     B1 = 2     p = 0
    ///   2       3 goes, then p grows by a hit in B1        T1 =     T2 = 1 2   B1 = 3     p = 1
    ///   3       T1 is shorter than p: 1 goes from T2       T1 =     T2 = 2 3   B2 = 1     p = 2
    ///   1       2 goes, then p falls by a hit in B2        T1 =     T2 = 3 1   B2 = 2     p = 1
    /// </code>
    /// ARC moves p first, and evicts 1 where this evicts 3.
    /// </summary>
    [Fact]
    public void RoomIsMadeBeforeTheTargetMoves()
    {
        IPolicyDriver memory = PolicyDriver.Create("car", 2);
        foreach (ulong page in new ulong[] { 1, 2, 1 }) memory.Reference(page).ShouldBeEmpty();
        ulong[] faults = [3, 2, 3, 1];
        faults.SelectMany(memory.Reference).ShouldBe([2ul, 3, 1, 2]);
    }

    /// <summary>As in the paper's tables, where the two differ by a few per cent of the hits at most.</summary>
    [Fact]
    public void ItMissesNearlyAsArcDoes()
    {
        foreach (string trace in GoldenReplays.Traces)
        {
            var pages = GoldenReplays.Read(trace);
            foreach (int size in GoldenReplays.Sizes(trace))
            {
                double ratio = (double)GoldenReplays.Misses(pages, "car", size) / GoldenReplays.Misses(pages, "arc", size);
                Math.Abs(ratio - 1).ShouldBeLessThan(0.07, $"{trace}, {size} frames: {ratio}");
            }
        }
    }
}
