using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.Machines;

/// <summary>Which pages of swap the policies want, by the sources' own rules and examples.</summary>
public sealed class ReadaheadWindowTests
{
    private readonly Vma _vma = new(0x0, 0x1000, VmaFlags.Read | VmaFlags.Write, null, 0);

    /// <summary>The sequence of the paper's figure 5: a history of eight, looked at by halves. Trends at t3, t8 and t15, none at t7, where that of t3 goes on.</summary>
    [Theory]
    [InlineData(3, -3, 0x3f - 3, 4)]
    [InlineData(7, -3, 0x06 + 6, 5)]
    [InlineData(8, 2, 0x08 + 2, 8)]
    [InlineData(15, 2, 0x16 + 2, 8)]
    public void LeapFindsTheTrendsOfItsPaper(int last, long trend, long first, int count)
    {
        IReadahead leap = Policy("leap(history=8,split=2)");
        ulong[] pages = [0x48, 0x45, 0x42, 0x3f, 0x3c, 0x02, 0x04, 0x06, 0x08, 0x0a, 0x0c, 0x10, 0x39, 0x12, 0x14, 0x16];
        for (int t = 0; t < last; t++)
        {
            if (t == 3) leap.OnSwapFault(0, _vma, pages[t], 0);
            else leap.OnSwapHit(0, _vma, pages[t]);
        }
        // As many pages as were used since the last fault, and one, as a power of two, at most eight; without a trend to both sides.
        leap.OnSwapFault(0, _vma, pages[last], 0).ShouldBe(new SwapWindow(false, first, count, trend));
    }

    /// <summary>The window of __swapin_nr_pages: hits and two as a power of two, a neighbour makes it two, and it halves at most.</summary>
    [Fact]
    public void AClusterFollowsTheHitsOfTheLast()
    {
        IReadahead cluster = Policy("cluster");
        Window(100, hits: 0).ShouldBe((96, 8), "four hits are taken for granted at first");
        Window(200, hits: 0).ShouldBe((200, 4), "none was used");
        Window(301, hits: 0).ShouldBe((300, 2));
        Window(302, hits: 1).ShouldBe((302, 2), "a neighbour");
        Window(407, hits: 3).ShouldBe((404, 4), "one was used");
        Window(500, hits: 0).ShouldBe((496, 8), "three were used");

        (long First, int Count) Window(int slot, int hits)
        {
            SwapWindow window = cluster.OnSwapFault(0, _vma, 0, slot);
            window.IsOfSlots.ShouldBeTrue();
            for (int i = 0; i < hits; i++) cluster.OnSwapHit(0, _vma, 0);
            return (window.First, window.Count);
        }
    }

    [Fact]
    public void AWindowOfAMappingLiesInTheDirectionOfTheLastFaultWithinMappingAndTable()
    {
        IReadahead policy = Policy("vma-window");
        Window(0x400).ShouldBe((0x400, 5), "to both sides, of which the table cuts one off");
        Window(0x401).ShouldBe((0x401, 4), "forwards, half as many without a hit");
        Window(0x400).ShouldBe((0x400, 1), "backwards, cut off");
        Window(0x5ff).ShouldBe((0x5ff, 1));
        for (int i = 0; i < 6; i++) policy.OnSwapHit(0, _vma, 0x300);
        Window(0x301).ShouldBe((0x301, 8), "forwards from the last page that was used");
        policy.OnSwapFault(0, new Vma(0x10, 0x13, VmaFlags.Read, null, 0), 0x12, 0).ShouldBe(new SwapWindow(false, 0x10, 3));

        (long First, int Count) Window(ulong page)
        {
            SwapWindow window = policy.OnSwapFault(0, _vma, page, 0);
            return (window.First, window.Count);
        }
    }

    private static IReadahead Policy(string text) => (IReadahead)PolicyChoice.Parse(BuiltIn.Policies, "readahead", text).Create(new PolicyContext(0, 0, 0));
}
