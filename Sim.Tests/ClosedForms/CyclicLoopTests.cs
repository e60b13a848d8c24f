using System;
using Shouldly;
using Sim.Lab.Verification.ClosedForms;
using Xunit;

namespace Sim.Tests.ClosedForms;

public sealed class CyclicLoopTests
{
    [Fact]
    public void LruMissesAlwaysOrNever()
    {
        CyclicLoop.Lru(100, 99).ShouldBe(1);
        CyclicLoop.Lru(100, 100).ShouldBe(0);
    }

    /// <summary>0 1 2 3 4 in three frames, evicting the page used last: of every four references two miss.</summary>
    [Theory]
    [InlineData(5, 3, 0.5)]
    [InlineData(10, 9, 1.0 / 9)]
    [InlineData(10, 1, 1)]
    [InlineData(10, 10, 0)]
    [InlineData(1, 0, 1)]
    public void TheOptimumMissesWhatDoesNotFit(int pages, int frames, double expected) =>
        CyclicLoop.Opt(pages, frames).ShouldBe(expected, 1e-15);

    [Theory]
    [InlineData(5, 3)]
    [InlineData(12, 4)]
    public void MostRecentlyUsedDoesWhatTheFormulaSays(int pages, int frames)
    {
        var resident = new bool[pages];
        for (int page = 0; page < frames; page++)
            resident[page] = true;

        int misses = 0, rounds = 100 * (pages - 1);
        for (int time = frames; time < frames + rounds * pages; time++)
        {
            if (resident[time % pages])
                continue;
            misses++;
            (resident[(time - 1) % pages], resident[time % pages]) = (false, true);
        }

        ((double)misses / (rounds * pages)).ShouldBe(CyclicLoop.Opt(pages, frames), 1e-3);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(50)]
    public void RandomWithOneFrameTooFewMissesTwiceARound(int pages)
    {
        CyclicLoop.Random(pages, pages - 1).ShouldBe(2.0 / pages, 1e-15);
        Simulated(pages, pages - 1).ShouldBe(2.0 / pages, 0.005);
    }

    [Fact]
    public void RandomWithManyFramesComesNearItsFixedPoint()
    {
        CyclicLoop.Random(100, 60).ShouldBe(0.6744, 5e-5);
        Simulated(100, 60).ShouldBe(0.6781, 0.005);
    }

    [Theory]
    [InlineData(10, 10, 0)]
    [InlineData(10, 1, 1)]
    [InlineData(2, 1, 1)]
    public void RandomHasItsTrivialCases(int pages, int frames, double expected) =>
        CyclicLoop.Random(pages, frames).ShouldBe(expected);

    private static double Simulated(int pages, int frames)
    {
        const int References = 400_000;
        var random = new Random(11);
        var frameOf = new int[pages];
        var pageIn = new int[frames];
        for (int page = 0; page < pages; page++)
            frameOf[page] = page < frames ? page : -1;
        for (int frame = 0; frame < frames; frame++)
            pageIn[frame] = frame;

        int misses = 0;
        for (int time = 0; time < References; time++)
        {
            int page = time % pages;
            if (frameOf[page] >= 0)
                continue;
            misses++;
            int frame = random.Next(frames);
            frameOf[pageIn[frame]] = -1;
            (frameOf[page], pageIn[frame]) = (frame, page);
        }
        return misses / (double)References;
    }
}
