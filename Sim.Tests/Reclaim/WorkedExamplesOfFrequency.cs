using Shouldly;
using Xunit;

namespace Sim.Tests.Reclaim;

/// <summary>The examples of papers whose policies count uses.</summary>
public sealed class WorkedExamplesOfFrequency
{
    /// <summary>
    /// LFU in three frames. Keys after the colon.
    /// <code>
    ///   1 1 2 3 3     1:2  3:2  2:1
    ///   4             2 goes                  without aging 4:1          dynamic: L = 1, 4:2
    ///   5                                     4 goes, for ever the least  1 goes: of three pages with key 2 it stands there longest
    /// </code>
    /// </summary>
    [Theory]
    [InlineData("lfu", 4)]
    [InlineData("lfu(aging=dynamic)", 1)]
    public void AgingLetsNewPagesStandBesideOldCounts(string policy, int second)
    {
        IPolicyDriver memory = PolicyDriver.Create(policy, 3);
        foreach (ulong page in new ulong[] { 1, 1, 2, 3, 3 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(4).ShouldBe([2ul]);
        memory.Reference(5).ShouldBe([(ulong)second]);
        memory.CheckInvariants();
    }

    /// <summary>
    /// W-TinyLFU in four frames: a window of one, one on probation, two protected. Counts of the filter after the colon.
    /// <code>
    ///   1 2 3 4     window 4 3 2 1                                  memory is not full, nothing has left the window
    ///   5           window 5    probation 1:2   protected 3:2 2:2   1, 2 and 3 fill the main part; 4:1 does not beat 1:2 and goes, with 4:2
    ///   4           window 4    probation 1:2   protected 3:2 2:2   5:1 does not either: 5:2
    ///   5           window 5    probation 4:4   protected 3:2 2:2   4:3 beats 1:2 and takes its place
    ///   4 4 4       window 5    probation 2:2   protected 4:7 3:2   the first hit lifts 4, and 2 sinks
    /// </code>
    /// </summary>
    [Fact]
    public void WindowTinyLfuAdmitsWhatWasUsedMoreOftenThanItsVictim()
    {
        IPolicyDriver memory = PolicyDriver.Create("w-tinylfu(window=0.25,probation=0.33)", 4);
        foreach (ulong page in new ulong[] { 1, 2, 3, 4 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(5).ShouldBe([4ul]);
        memory.Reference(4).ShouldBe([5ul]);
        memory.Reference(5).ShouldBe([1ul]);
        foreach (ulong page in new ulong[] { 4, 4, 4 }) memory.Reference(page).ShouldBeEmpty();
        memory.Reference(6).ShouldBe([2ul]);
        memory.CheckInvariants();
    }
}
