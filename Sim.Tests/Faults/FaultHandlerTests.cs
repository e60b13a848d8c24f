using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.Faults;

/// <summary>The handler's decisions, one by one: error code, cause, outcome.</summary>
public sealed class FaultHandlerTests
{
    private const ulong Start = 0x10_0000;
    private const FaultErrorCode Load = FaultErrorCode.User;
    private const FaultErrorCode Store = FaultErrorCode.User | FaultErrorCode.Write;
    private readonly PagedKernel _kernel = new(BuiltIn.AddressSpaces, new ByteSize(64L << 20));
    private readonly CounterSet _counters = new();
    private readonly Mm _mm;

    public FaultHandlerTests() => _mm = _kernel.Create(new AddressSpaceLimits());

    [Fact]
    public void AnAccessWhereNothingIsMappedIsASegmentationFault()
    {
        _kernel.Touch(_mm, Start, false, _counters).ShouldBe(FaultOutcome.BadArea);
        Only(Load, FaultCause.NotMapped, FaultOutcome.BadArea);
    }

    [Fact]
    public void AStoreToReadOnlyMemoryIsNotPermittedWhetherThePageIsThereOrNot()
    {
        Map(2, Protection.Read);
        _kernel.Touch(_mm, Start, false, _counters).ShouldBe(FaultOutcome.Mapped);
        _kernel.Touch(_mm, Start, true, _counters).ShouldBe(FaultOutcome.BadArea);
        _kernel.Touch(_mm, Start + 1, true, _counters).ShouldBe(FaultOutcome.BadArea);
        _kernel.Faults.Tally.Kinds().ShouldBe(
        [
            (Load, FaultCause.ZeroPage, FaultOutcome.Mapped, 1), (Store, FaultCause.NotPermitted, FaultOutcome.BadArea, 1),
            (Store | FaultErrorCode.Present, FaultCause.NotPermitted, FaultOutcome.BadArea, 1),
        ]);
    }

    [Fact]
    public void FetchingFromMemoryThatIsNotExecutableIsNotPermitted()
    {
        Map(1, Protection.ReadWrite);
        _kernel.Faults.Handle(_mm, Start, FaultErrorCode.User | FaultErrorCode.Instruction, null!, _kernel.Payer, _counters).ShouldBe(FaultOutcome.BadArea);
    }

    [Fact]
    public void TheKernelHasAFixupForABadArgumentAndOopsesOverItsOwnMistake()
    {
        _kernel.Faults.Handle(_mm, Start, FaultErrorCode.Write, null!, _kernel.Payer, _counters, hasFixup: true).ShouldBe(FaultOutcome.Fixup);
        _kernel.Faults.Handle(_mm, Start, FaultErrorCode.None, null!, _kernel.Payer, _counters).ShouldBe(FaultOutcome.Oops);
    }

    [Fact]
    public void AnAccessBeyondAFilesEndIsABusError()
    {
        var file = new OpenFile(new FileObject("short", 5000, FileKind.Disk), isWritable: true);
        _kernel.Calls.Map(_mm, new MapRequest(Start << 12, 4 << 12, Protection.Read, MapFlags.Private | MapFlags.Fixed, file), _kernel.Payer).ShouldBeGreaterThan(0);
        _kernel.Touch(_mm, Start + 1, false, _counters).ShouldBe(FaultOutcome.Mapped);
        _kernel.Touch(_mm, Start + 2, false, _counters).ShouldBe(FaultOutcome.BusError);
        _kernel.Faults.Tally[Load, FaultCause.BeyondEnd, FaultOutcome.BusError].ShouldBe(1);
        _counters[Counter.Pgmajfault].ShouldBe(1);
    }

    [Fact]
    public void TheLastOwnerOfAPageTakesItOverAndAnEarlierOneCopiesIt()
    {
        Map(2, Protection.ReadWrite);
        _kernel.Touch(_mm, Start, true, _counters);
        _kernel.Touch(_mm, Start + 1, true, _counters);
        FrameNumber first = _kernel.FrameOf(_mm, Start)!.Value;
        Mm child = _kernel.Fork(_mm);
        _kernel.FrameOf(child, Start).ShouldBe(first);
        _kernel.Touch(child, Start, true, _counters);
        _kernel.FrameOf(child, Start).ShouldNotBe(first);
        _kernel.Touch(_mm, Start, true, _counters);
        _kernel.FrameOf(_mm, Start).ShouldBe(first);
        _kernel.Exit(child);
        _kernel.Touch(_mm, Start + 1, true, _counters);
        _kernel.Faults.Tally.Kinds().Where(kind => kind.Code == (Store | FaultErrorCode.Present)).ShouldBe(
        [
            (Store | FaultErrorCode.Present, FaultCause.CopyOnWrite, FaultOutcome.Mapped, 1), (Store | FaultErrorCode.Present, FaultCause.Reuse, FaultOutcome.Mapped, 2),
        ]);
        _kernel.CheckInvariants();
    }

    [Fact]
    public void AFaultOnAPresentPageIsSpurious()
    {
        Map(1, Protection.ReadWrite);
        _kernel.Touch(_mm, Start, true, _counters);
        _kernel.Faults.Handle(_mm, Start, Store, null!, _kernel.Payer, _counters).ShouldBe(FaultOutcome.Spurious);
    }

    private void Map(ulong pages, Protection protection) =>
        _kernel.Calls.Map(_mm, new MapRequest(Start << 12, pages << 12, protection, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed), _kernel.Payer).ShouldBeGreaterThan(0);

    private void Only(FaultErrorCode code, FaultCause cause, FaultOutcome outcome) => _kernel.Faults.Tally.Kinds().ShouldBe([(code, cause, outcome, 1)]);
}
