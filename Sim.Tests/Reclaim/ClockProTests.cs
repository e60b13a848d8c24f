using System.Linq;
using Shouldly;
using Sim.Tests.Reclaim.Models;
using Xunit;

namespace Sim.Tests.Reclaim;

public sealed class ClockProTests
{
    [Fact]
    public void EveryVictimIsThePapers() => Paper.Holds("clock-pro", frames => new ClockProModel(frames), strings: 300);

    /// <summary>
    /// Three frames. H hot, C cold, t in its test period, g evicted; the ring in the order in which the hands go, HAND hot's page first.
    /// <code>
    ///   1 2 3   1H 2H 3Ct            m_c = 1: two hot pages
    ///   4       3 goes               1H 2H 3g 4Ct
    ///   3       in its test period, so m_c = 2 and 3 is hot; 4 goes; 1 and 2 turn cold to make way   4g 1C 2C 3H
    ///   5       1 goes, past its test period, without a trace                                        4g 2C 3H 5Ct
    ///   4       hot; 2 goes; 3 turns cold                                                            5Ct 3C 4H
    ///   1       was forgotten, so it is cold; HAND cold was at 3, which goes                         5Ct 4H 1Ct
    /// </code>
    /// </summary>
    [Fact]
    public void APageThatComesBackInItsTestPeriodIsHot()
    {
        IPolicyDriver memory = PolicyDriver.Create("clock-pro", 3);
        foreach (ulong page in new ulong[] { 1, 2, 3 }) memory.Reference(page).ShouldBeEmpty();
        ulong[] faults = [4, 3, 5, 4, 1];
        faults.SelectMany(memory.Reference).ShouldBe([3ul, 4, 1, 2, 3]);
    }

    /// <summary>
    /// It was made to be LIRS at a clock's cost. Held against the recorded counts of LIRS: within 6 %, and better by up to a fifth
    /// where phases change and stack distances are short, for LIRS keeps one per cent of the frames for pages that come in, and this adapts.
    /// </summary>
    [Fact]
    public void ItMissesNearlyAsLirsDoes()
    {
        foreach (string trace in GoldenReplays.Traces)
        {
            double mostBelow = trace is "phases" or "stackdist" ? 0.25 : 0.06;
            foreach (int size in GoldenReplays.Sizes(trace))
            {
                double ratio = (double)GoldenReplays.Misses(GoldenReplays.Read(trace), "clock-pro", size) / GoldenReplays.PeerMisses("LIRS", trace, size);
                ratio.ShouldBeInRange(1 - mostBelow, 1.03, $"{trace}, {size} frames");
            }
        }
    }
}
