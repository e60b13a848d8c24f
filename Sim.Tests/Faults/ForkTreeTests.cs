using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.Faults;

/// <summary>Trees of processes that fork, store, unmap and exit, against a model that gives each process its own dictionary of contents.</summary>
public sealed class ForkTreeTests
{
    private const ulong Start = 0x10_0000;
    private const int Pages = 64;

    /// <summary>What a frame holds is told by the last store through any mapping of it, so two processes that share a frame must expect the same.</summary>
    [Fact]
    public void EveryProcessReadsWhatItStoredOrInherited() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Follow((ulong)seed)));

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1000, 3000)]
    [InlineData(4000, 500)]
    public void CopiesAfterUniformStoresFollowTheirFormula(int pages, int stores)
    {
        var kernel = new PagedKernel(BuiltIn.AddressSpaces, new ByteSize(256L << 20));
        var counters = new CounterSet();
        Mm parent = kernel.Create(new AddressSpaceLimits());
        kernel.Calls.Map(parent, new MapRequest(Start << 12, (ulong)pages << 12, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed), kernel.Payer);
        for (ulong page = 0; page < (ulong)pages; page++) kernel.Touch(parent, Start + page, true, counters);
        Mm child = kernel.Fork(parent);
        var random = new RandomStream(5);
        for (int i = 0; i < stores; i++) kernel.Touch(child, Start + random.Below((ulong)pages), true, counters);
        long copies = kernel.Faults.Tally[FaultErrorCode.User | FaultErrorCode.Write | FaultErrorCode.Present, FaultCause.CopyOnWrite, FaultOutcome.Mapped];
        double expected = pages * (1 - System.Math.Pow(1 - 1.0 / pages, stores));
        ((double)copies).ShouldBe(expected, 4 * System.Math.Sqrt(pages));
        kernel.AnonymousPages.ShouldBe(pages + (int)copies);
    }

    private static void Follow(ulong seed)
    {
        var random = new RandomStream(seed);
        var kernel = new PagedKernel(BuiltIn.AddressSpaces, new ByteSize(64L << 20));
        long free = kernel.FreeFrames;
        var processes = new List<(Mm Mm, Dictionary<ulong, int> Model)> { (kernel.Create(new AddressSpaceLimits()), []) };
        Map(kernel, processes[0].Mm);
        var contents = new Dictionary<int, int>();
        var counters = new CounterSet();
        for (int step = 1; step <= 120; step++)
        {
            int which = (int)random.Below((ulong)processes.Count);
            (Mm mm, Dictionary<ulong, int> model) = processes[which];
            ulong page = Start + random.Below(Pages);
            switch (random.Below(10))
            {
                case 0 when processes.Count < 8:
                    processes.Add((kernel.Fork(mm), new Dictionary<ulong, int>(model)));
                    break;
                case 1 when processes.Count > 1:
                    kernel.Exit(mm);
                    processes.RemoveAt(which);
                    break;
                case 2:
                    kernel.Calls.Unmap(mm, page << 12, 4096, kernel.Payer).ShouldBe(0);
                    model[page] = -1;
                    break;
                case 3 or 4:
                    FaultOutcome read = kernel.Touch(mm, page, false, counters);
                    read.ShouldBe(model.GetValueOrDefault(page) < 0 ? FaultOutcome.BadArea : FaultOutcome.Mapped);
                    break;
                default:
                    if (model.GetValueOrDefault(page) < 0) break;
                    kernel.Touch(mm, page, true, counters).ShouldBe(FaultOutcome.Mapped);
                    FrameNumber frame = kernel.FrameOf(mm, page).ShouldNotBeNull();
                    contents[frame.Value] = model[page] = step;
                    break;
            }
            foreach ((Mm other, Dictionary<ulong, int> expected) in processes)
            {
                foreach ((ulong at, int value) in expected.Where(pair => pair.Value > 0))
                    contents[kernel.FrameOf(other, at).ShouldNotBeNull().Value].ShouldBe(value);
            }
        }
        kernel.CheckInvariants();
        foreach ((Mm mm, _) in processes) kernel.Exit(mm);
        kernel.CheckInvariants();
        kernel.AnonymousPages.ShouldBe(0);
        new[] { KernelObject.AnonVma, KernelObject.AnonVmaChain, KernelObject.VmArea, KernelObject.PageTable }.ShouldAllBe(kind => kernel.CountOf(kind) == 0);
        kernel.FreeFrames.ShouldBeGreaterThan(free - 64, "only slabs may keep frames");
    }

    private static void Map(PagedKernel kernel, Mm mm) =>
        kernel.Calls.Map(mm, new MapRequest(Start << 12, Pages << 12, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed), kernel.Payer)
            .ShouldBe((long)Start << 12);
}
