using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Every fault of a run is told by error code, cause and outcome, with how long it took.</summary>
public sealed class FaultKindTests
{
    private const FaultErrorCode Store = FaultErrorCode.User | FaultErrorCode.Write;
    private static readonly ProgramStep[] _swapping = [Map("r", 200), Sequential("r", 400)];

    [Fact]
    public void KindsAddUpToTheFaultsOfTheProcesses()
    {
        RunResult run = Of(Spec("lru", quota: 100), [_swapping, _swapping]);
        run.FaultsByKind.Total.ShouldBe(run.Processes.Sum(process => process.Counters[Counter.Pgfault]));
        run.FaultsByKind.Kinds().Sum(kind => kind.Count).ShouldBe(run.FaultsByKind.Total);
    }

    [Fact]
    public void APageThatIsStoredToFirstIsDemandZeroAndAPageThatCameBackIsSwapIn()
    {
        RunResult run = Of(Spec("lru", quota: 100), _swapping);
        // The first hundred pages find a free frame, the second hundred wait until a victim's frame is written, and all of the second round is in swap.
        run.FaultsByKind.Kinds().ShouldBe(
        [
            (Store, FaultCause.DemandZero, FaultOutcome.Mapped, 100), (Store, FaultCause.DemandZero, FaultOutcome.Waiting, 100),
            (Store, FaultCause.SwapIn, FaultOutcome.Waiting, 200),
        ]);
        SimTime read = SimTime.FromMicroseconds(80), write = SimTime.FromMicroseconds(20);
        Latency(FaultCause.DemandZero, FaultOutcome.Mapped).Maximum.ShouldBeLessThan(SimTime.FromMicroseconds(8));
        Latency(FaultCause.DemandZero, FaultOutcome.Waiting).Mean.ShouldBeInRange(write, write + SimTime.FromMicroseconds(8));
        Latency(FaultCause.SwapIn, FaultOutcome.Waiting).Mean.ShouldBeInRange(write + read, write + read + SimTime.FromMicroseconds(8));
        LatencyHistogram Latency(FaultCause cause, FaultOutcome outcome) => run.FaultsByKind.LatencyOf(new FaultKind(Store, cause, outcome));
    }

    [Fact]
    public void AThreadThatStartsLateHasNoFaultBehindIt()
    {
        RunResult run = Of(Spec(), Map("r", 1), new ComputeStep(SimTime.FromMilliseconds(5)), new CloneStep(1, [Sequential("r", 1)]), new JoinStep());
        run.FaultLatency.Count.ShouldBe(1);
        run.FaultLatency.Maximum.ShouldBeLessThan(SimTime.FromMicroseconds(8));
    }

    [Fact]
    public void RecordsSayWhatKindsCount()
    {
        RunResult run = Of(Spec("lru", quota: 100) with { RecordFaults = true }, _swapping);
        run.Faults.GroupBy(fault => fault.Kind).OrderBy(kind => kind.Key.Cause).ThenBy(kind => kind.Key.Outcome)
            .Select(kind => (kind.Key.Code, kind.Key.Cause, kind.Key.Outcome, (long)kind.Count())).ShouldBe(run.FaultsByKind.Kinds());
        foreach (FaultRecord fault in run.Faults) fault.Latency.ShouldBeGreaterThan(SimTime.Zero);
        run.Faults.Sum(fault => fault.Latency.Picoseconds).ShouldBe(run.FaultLatency.Total.Picoseconds);
    }

    [Fact]
    public void APageThatMayNotBeStoredToIsFoundPresent()
    {
        var isReadable = new RegionCallStep(TaskStepKind.Protect, "r", 0, 1, Protection: 1, Flags: 0);
        RunResult run = Of(Spec() with { RecordFaults = true }, Map("r", 1), Sequential("r", 1), isReadable, Sequential("r", 1));
        run.Faults[^1].Kind.ShouldBe(new FaultKind(Store | FaultErrorCode.Present, FaultCause.NotPermitted, FaultOutcome.BadArea));
        run.Faults[^1].Latency.ShouldBe(SimTime.Zero);
        run.Processes[0].KilledBy!.ShouldStartWith("SIGSEGV");
    }

    [Fact]
    public void FaultsThatTheKernelMakesHaveNoUserBit()
    {
        var populate = new RegionCallStep(TaskStepKind.Lock, "r", 0, 8, Protection: 0, Flags: 0);
        RunResult run = Of(Spec() with { RecordFaults = true }, Map("r", 8), populate, Sequential("r", 8));
        run.FaultsByKind.Kinds().ShouldBe([(FaultErrorCode.Write, FaultCause.DemandZero, FaultOutcome.Mapped, 8)]);
        run.Faults.Count.ShouldBe(8);
    }
}
