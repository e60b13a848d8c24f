using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Every paging policy: no access is lost, none faults more than on demand, and nothing unasked takes anybody's frame.</summary>
public sealed class PagingConformance
{
    private static readonly ProgramStep[] _steps = [Map("a", 100), new BreakStep("heap", 64), Uniform("a", 2_000), Sequential("heap", 64), new UnmapStep("a"), Map("b", 600), Skewed("b", 500)];

    public static TheoryData<string> Policies => [.. BuiltIn.Policies.At("paging").Select(entry => entry.Name), "fault-around(anonymous=true)", "prepaging(pages=30)"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void NoPolicyFaultsMoreThanDemandDoesAndNoneTakesMoreThanIsMapped(string policy)
    {
        long Faults(string paging, out RunResult run)
        {
            run = Of(With(paging), _steps);
            run.Processes[0].KilledBy.ShouldBeNull();
            return run.FaultsByKind.Kinds().Where(kind => (kind.Code & FaultErrorCode.User) != 0).Sum(kind => kind.Count);
        }
        Faults(policy, out RunResult it).ShouldBeLessThanOrEqualTo(Faults("demand", out RunResult demand));
        it.Processes[0].Counters[Counter.References].ShouldBe(demand.Processes[0].Counters[Counter.References]);
        it.Processes[0].PeakResidentPages.ShouldBeInRange(demand.Processes[0].PeakResidentPages, 664);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void MemoryThatIsShortIsEnoughForEveryPolicy(string policy)
    {
        MachineSpec spec = With(policy) with { QuotaFrames = 50 };
        Of(spec, [_steps, _steps]).Processes.ShouldAllBe(process => process.KilledBy == null);
    }

    [Fact]
    public void EagerMemoryHasNoFaultsAndTakesAllAtOnce()
    {
        RunResult run = Of(With("eager"), Map("r", 100), new BreakStep("heap", 10), Sequential("r", 5));
        run.Processes[0].PeakResidentPages.ShouldBe(110);
        run.FaultsByKind.Kinds().ShouldBe([(FaultErrorCode.Write, FaultCause.DemandZero, FaultOutcome.Mapped, 110)]);
    }

    [Fact]
    public void EagerFilesAreReadByMmap()
    {
        MachineSpec spec = With("eager") with { Files = [new FileSpec("data", ByteSize.OfPages(100))] };
        RunResult run = Of(spec, new MapFileStep("t", 100, 0, 0, 1, (int)MapFlags.Shared), Sequential("t", 100, writes: 0));
        run.FaultsByKind.Kinds().ShouldAllBe(kind => (kind.Code & FaultErrorCode.User) == 0);
        run.KernelMeasured[Counter.FilePagesRead].ShouldBe(100);
    }

    /// <summary>The leaf table of 512 pages bounds what comes with a fault, as does the mapping.</summary>
    [Theory]
    [InlineData("prepaging(pages=9)", 100, 10)]
    [InlineData("prepaging(pages=511)", 100, 1)]
    [InlineData("demand", 100, 100)]
    [InlineData("fault-around", 100, 100)]
    public void AFaultBringsThePagesAfterIt(string policy, long pages, long faults)
    {
        RunResult run = Of(With(policy), new BreakStep("r", pages), Sequential("r", pages));
        run.Processes[0].Counters[Counter.Pgfault].ShouldBeInRange(faults, faults + 1);
        run.Processes[0].PeakResidentPages.ShouldBe(pages);
    }

    [Fact]
    public void AWindowOfAnonymousMemoryComesAtOnce()
    {
        RunResult run = Of(With("fault-around(pages=32,anonymous=true)"), Map("r", 64), Sequential("r", 64));
        run.Processes[0].Counters[Counter.Pgfault].ShouldBeInRange(2, 3);
        run.Processes[0].Counters[Counter.PagesUnasked].ShouldBe(64 - run.Processes[0].Counters[Counter.Pgfault]);
    }

    [Fact]
    public void FilesAreMappedInTheWindowThatIsAsked()
    {
        MachineSpec spec = With("fault-around(pages=64)") with { Files = [new FileSpec("data", ByteSize.OfPages(128), 128)] };
        Of(spec, new MapFileStep("t", 128, 0, 0, 1, (int)MapFlags.Shared), Sequential("t", 128, writes: 0)).Processes[0].Counters[Counter.Pgfault].ShouldBeInRange(2, 3);
    }

    private static MachineSpec With(string paging)
    {
        var policy = (IPaging)PolicyChoice.Parse(BuiltIn.Policies, "paging", paging).Create(new PolicyContext(0, 0, 0));
        return Spec("lru") with { Paging = policy.Rules, HasZeroPage = policy.HasZeroPage };
    }
}
