using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Reclaim;
using Sim.Core.Units;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Random lives of a file on a machine that is short of memory, with a flusher that never rests and a disk whose answers come in any order.</summary>
public sealed class FileContentsTests
{
    private const int Pages = 40;

    [Fact]
    public void WhatIsReadIsWhatWasStoredLastAndNothingIsLost() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(80), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Follow((ulong)seed)));

    /// <summary>A truncation takes away a folio that a store mapped whole.</summary>
    [Fact]
    public void WhatIsDirtyIsCountedWhereAFolioIsCutOff() => Follow(292609195);

    private static void Follow(ulong seed)
    {
        var file = new FollowedFile(seed, steps: 300, Pages);
        MachineSpec spec = Spec("lru", quota: 16 + (int)(seed % 24)) with
        {
            Memory = new ByteSize(2 << 20),
            Files = [new FileSpec("data", ByteSize.OfPages(Pages))],
            Disk = new BlockDeviceSpec(SimTime.FromMicroseconds(30), SimTime.FromMicroseconds(50), 3, ServiceTime.Exponential),
            Writeback = new WritebackSpec(SimTime.FromMicroseconds(100), SimTime.FromMicroseconds(150)) { Limit = 0.01 * (1 + seed % 3) },
            CheckEvery = SimTime.FromMicroseconds(400),
            Seed = seed,
            Contents = file,
        };
        var machine = new Machine(spec, [new ProcessSpec("p", () => file, SimTime.Zero, 0)]);
        file.ReferencesDone = () => machine.ReferencesDone;
        machine.Run().Processes[0].KilledBy.ShouldBeNull();
    }
}
