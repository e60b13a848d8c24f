using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab;
using Sim.Lab.Programs;
using Xunit;

namespace Sim.Tests.Programs;

/// <summary>Faults of recorded programs against those that the kernel counted when the same programs ran natively.</summary>
public sealed class RecordedProgramTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "programs");

    [Fact]
    public void AStaticProgramFaultsExactlyAsItDidNatively()
    {
        ProcessFaults process = Single(_folder, "exact-anon");
        (process.MinorFaults, process.MajorFaults, process.References, process.Mappings).ShouldBe((1853, 0, 7678, 4));
        process.Faults.ShouldBe([0, 1851, 1, 1, 0, 0, 0]);
        process.Phases.ShouldBe([0, 0, 1000, 500, 250, 100, 0, 0]);
        (process.Pid, process.OutsideMappings).ShouldBe((30534, 0));
    }

    [Fact]
    public void ChildrenOfAServerCopyWhatTheyStoreToAndTheParentTakesItBack()
    {
        IReadOnlyList<ProcessFaults> processes = ProgramReplay.Run(Path.Combine(_folder, "prefork.p0.gz"), ProgramSettings.Default);
        processes.Select(process => process.Pid).ShouldBe([30503, 30505, 30507, 30509, 30510]);
        processes.Select(process => process.Phases[^1]).ShouldBe([819, 820, 820, 819, 819]);
        processes[0].Phases.ShouldContain(8192);
        processes.ShouldAllBe(process => process.OutsideMappings == 0 && process.MajorFaults == 0);
        // Natively the tree took 12,513.
        processes.Sum(process => process.MinorFaults).ShouldBe(12_511);
    }

    [Fact]
    public void AShellAndTheSubshellsThatItForksCopyAlsoWhatOnlyTheKernelStoresTo()
    {
        IReadOnlyList<ProcessFaults> processes = ProgramReplay.Run(Path.Combine(_folder, "shell-forks.p0.gz"), ProgramSettings.Default);
        // Natively 149 and 383 in all, 23 in each subshell: a signal's frame and the area of restartable sequences are a copy each, each time.
        processes[0].MinorFaults.ShouldBeInRange(149, 153);
        processes.Skip(1).Select(process => process.MinorFaults).ShouldBe(Enumerable.Repeat(23L, 10));
        processes.Sum(process => process.MinorFaults).ShouldBeInRange(380, 386);
    }

    [Theory]
    [InlineData("ls", 131, 62)]
    [InlineData("sort-300k", 210, 163)]
    public void ASmallProgramIsWithinFourFaultsAndItsAnonymousMemoryExact(string name, long native, long anonymous) =>
        ShouldAgree(_folder, name, native, anonymous, 4);

    [LargeRecordingTheory]
    [InlineData("gups", 16_439, 16_393, 4)]
    [InlineData("malloc-churn", 14_346, 14_300, 4)]
    [InlineData("xz-60k", 7620, 7562, 4)]
    [InlineData("sort-5m", 2602, 2555, 4)]
    [InlineData("python-json", 2072, 1617, 4)]
    [InlineData("cc1", 2496, 2037, 49)]
    public void ALargeProgramIsWithinFourFaultsOrTwoPercentForTheCompilerWhoseHeapDependsOnAddresses(string name, long native, long anonymous, long tolerance) =>
        ShouldAgree(LargeRecordingTheoryAttribute.Folder!, name, native, anonymous, tolerance);

    [LargeRecordingTheory]
    [InlineData("gups")]
    public void UpdatesOfATableThatIsThereFaultNoMore(string name) =>
        Single(LargeRecordingTheoryAttribute.Folder!, name).Phases.ShouldBe([0, 0, 0, 16_384, 0]);

    [Fact]
    public void OtherIndicesOfMappingsChangeNoFault()
    {
        ProgramSettings settings = ProgramSettings.With(["policies.vma-index=avl", "machine.memory=64MiB"], BuiltIn.Policies);
        ProgramReplay.Run(Path.Combine(_folder, "ls.p0.gz"), settings).Single().Faults.ShouldBe(Single(_folder, "ls").Faults);
    }

    private static ProcessFaults Single(string folder, string name) =>
        ProgramReplay.Run(Path.Combine(folder, name + ".p0.gz"), ProgramSettings.Default).ShouldHaveSingleItem();

    private static void ShouldAgree(string folder, string name, long native, long anonymous, long tolerance)
    {
        ProcessFaults process = Single(folder, name);
        process.MinorFaults.ShouldBeInRange(native - tolerance, native + tolerance);
        (process.Faults[(int)FaultRegion.Heap] + process.Faults[(int)FaultRegion.Anonymous]).ShouldBe(anonymous);
        process.Faults.Sum().ShouldBe(process.MinorFaults);
        (process.MajorFaults, process.OutsideMappings).ShouldBe((0, 0));
    }
}
