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
}
