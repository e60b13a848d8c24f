using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Engine;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Runs a policy beside the model of its paper.</summary>
internal static class Paper
{
    /// <summary>Every reference of many random strings, in memories of every small size, costs both the same page.</summary>
    public static void Holds(string policy, Func<int, IPaperModel> modelFor, int strings = 60)
    {
        Gen<(int, int, int, ulong)> runs =
            from frames in Gen.Choose(1, 12)
            from pages in Gen.Choose(1, 30)
            from length in Gen.Choose(1, 400)
            from seed in Gen.Choose(0, int.MaxValue)
            select (frames, pages, length, (ulong)seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(strings), Prop.ForAll(runs.ToArbitrary(), run => Follow(policy, modelFor, run)));
    }

    private static void Follow(string policy, Func<int, IPaperModel> modelFor, (int Frames, int Pages, int Length, ulong Seed) run)
    {
        IPolicyDriver memory = PolicyDriver.Create(policy, run.Frames);
        IPaperModel model = modelFor(run.Frames);
        var random = new RandomStream(run.Seed);
        ulong scan = 0;
        for (int i = 0; i < run.Length; i++)
        {
            ulong page = random.Below(4) switch
            {
                0 => scan++ % (ulong)run.Pages,
                1 => random.Below((ulong)Math.Min(run.Pages, 4)),
                _ => random.Below((ulong)run.Pages),
            };
            ulong? gone = model.Reference(page);
            memory.Reference(page).ShouldBe(gone is null ? [] : [gone.Value], $"reference {i}, to page {page}, in {run.Frames} frames");
        }
        memory.CheckInvariants();
    }
}
