using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Lab;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>Address spaces that are lent: how long they live, and what it saves.</summary>
public sealed class LazyTlbTests
{
    private static readonly SimTime Millisecond = SimTime.FromMilliseconds(1);

    /// <summary>Two threads share an address space, it is lent to a kernel thread, and both threads die.</summary>
    [Fact]
    public void AnAddressSpaceWhoseThreadsHaveDiedLivesUntilTheKernelThreadLetsGo()
    {
        var counters = new CounterSet();
        var parts = new MachineParts(Spec() with { Cpus = 2 }, counters);
        KernelObjects objects = parts.Objects;
        var bare = new BareKernel(BuiltIn.AddressSpaces, new ByteSize(1 << 24), default);
        var release = new PageRelease(parts.Frames, parts.FolioBits, parts.Allocator, parts.Swap, parts.Domains.Frames);
        var pages = new MappedPages(parts.Frames, parts.ReverseMap, release, bare, new SharedTables(parts.Frames, parts.ReverseMap, release, bare, counters));
        var calls = new AddressSpaceCalls(objects, pages, bare.Commit, bare, bare, counters);
        var addressSpaces = new MmTable(objects, new LeafTables(), calls, BuiltIn.AddressSpaces, parts.Domains);
        var switches = new ContextSwitches(null, addressSpaces, counters);
        Cpu first = new(0, Spec()), second = new(1, Spec());

        // fork gives the process its mm, clone(CLONE_VM) the second thread the same.
        Mm mm = addressSpaces.TryCreate(first)!;
        Shows(users: 1, count: 1);
        addressSpaces.Get(mm);
        Shows(users: 2, count: 1);
        calls.Map(mm, new MapRequest(0, 4096, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous), first);

        // Both run; a CPU that runs a user of the mm counts nothing.
        switches.ToProcess(first, mm);
        switches.ToProcess(second, mm);
        Shows(users: 2, count: 1);

        // A kernel thread takes the first CPU. It has no mm, and goes on with the one before it.
        switches.ToKernel(first);
        Shows(users: 2, count: 2);
        first.ActiveMm.ShouldBe(mm);
        first.IsBorrower.ShouldBeTrue();
        first.IsLazy.ShouldBeTrue();

        // The thread that it interrupted dies elsewhere. The other thread still uses the mm.
        addressSpaces.Put(mm, counters, second);
        Shows(users: 1, count: 2);
        mm.MapCount.ShouldBe(1);

        // The second thread dies on its CPU: it becomes a borrower itself, and all that was mapped goes.
        switches.ToKernel(second);
        Shows(users: 1, count: 3);
        addressSpaces.Put(mm, counters, second);
        Shows(users: 0, count: 2);
        mm.MapCount.ShouldBe(0);
        addressSpaces.Live.Count.ShouldBe(0);
        objects.CountOf(KernelObject.Mm).ShouldBe(1);
        objects.CountOf(KernelObject.PageTable).ShouldBe(1);

        // The second CPU runs another process: one borrower less. The kernel thread on the first keeps the mm alive.
        Mm other = addressSpaces.TryCreate(second)!;
        switches.ToProcess(second, other);
        Shows(users: 0, count: 1);
        first.ActiveMm.ShouldBe(mm);
        objects.CountOf(KernelObject.Mm).ShouldBe(2);

        // The kernel thread sleeps and nothing follows it: the idle CPU keeps what was borrowed.
        switches.ToKernel(first);
        Shows(users: 0, count: 1);

        // A process runs on the first CPU: the last reference goes, and with it the mm_struct and the top of the page table.
        addressSpaces.Get(other);
        switches.ToProcess(first, other);
        Shows(users: 0, count: 0);
        first.ActiveMm.ShouldBe(other);
        objects.CountOf(KernelObject.Mm).ShouldBe(1);
        objects.CountOf(KernelObject.PageTable).ShouldBe(1);

        void Shows(int users, int count) => (mm.Users, mm.Count).ShouldBe((users, count));
    }

    /// <summary>Eight pages, twenty rounds, and a kernel thread that wakes in each pause.</summary>
    [Theory]
    [InlineData("flush", 8)]
    [InlineData("flush(lazy-tlb=false)", 8 * 20)]
    [InlineData("asid", 8)]
    [InlineData("asid(lazy-tlb=false)", 8)]
    public void AProcessFindsItsTranslationsAfterAKernelThreadUnlessTheKernelLoadsItsOwn(string policy, long tlbMisses)
    {
        RunResult run = Of(With(policy), Map("r", 8), new LoopStep(20, [Sequential("r", 8), new SleepStep(Millisecond)]));
        run.Processes[0].Counters[Counter.TlbMisses].ShouldBe(tlbMisses);
        run.KernelMeasured[Counter.ContextSwitchesKernelThread].ShouldBeInRange(38, 42);
    }

    [Fact]
    public void WhatIsLentIsLoadedByNobodyButItsProcess()
    {
        ProgramStep[] pausing = [Map("r", 8), new LoopStep(20, [Sequential("r", 8), new SleepStep(Millisecond)])];
        CounterSet lazy = Of(With("asid"), pausing).KernelMeasured, eager = Of(With("asid(lazy-tlb=false)"), pausing).KernelMeasured;
        // Once to begin, and once to the kernel's own as the process ends: its page tables go.
        lazy[Counter.AddressSpaceSwitches].ShouldBe(2);
        lazy[Counter.LazyTlbBorrows].ShouldBe(21);
        lazy[Counter.ContextSwitchesOtherMm].ShouldBe(1, "the first");
        eager[Counter.AddressSpaceSwitches].ShouldBe((2 * 20) + 2);
        eager[Counter.LazyTlbBorrows].ShouldBe(0);
    }

    /// <summary>One thread protects a page again and again, while the other CPU has run the second thread and is idle.</summary>
    [Theory]
    [InlineData("asid", 9, 1)]
    [InlineData("asid(lazy-tlb=false)", 0, 0)]
    public void ShootdownsPassByACpuThatHasOnlyBorrowedTheAddressSpaceUntilItComesBack(string policy, long spared, long flushes)
    {
        var protect = new RegionCallStep(TaskStepKind.Protect, "x", 0, 1, Protection: 1, Flags: 0);
        var permit = protect with { Protection = 3 };
        RunResult run = Of(With(policy) with { Cpus = 2, KernelThreads = [] },
            Map("r", 8), Map("x", 1),
            new CloneStep(1, [Sequential("r", 8), new SleepStep(Millisecond), Sequential("r", 8)]),
            new ComputeStep(SimTime.FromMicroseconds(200)),
            new LoopStep(9, [Sequential("x", 1), protect, permit]),
            new ComputeStep(Millisecond), new JoinStep());
        run.KernelMeasured[Counter.LazyTlbSpared].ShouldBe(spared);
        run.KernelMeasured[Counter.LazyTlbFlushes].ShouldBe(flushes);
        run.Processes[0].Counters[Counter.TlbMisses].ShouldBe(8 + 8 + 9);
    }

    [Fact]
    public void KernelThreadsTakeKernelObjectsAndTimeAndAreNoProcesses()
    {
        MachineSpec spec = With("asid") with { KernelThreads = [.. Enumerable.Range(0, 3).Select(Thread)] };
        ProgramStep[] steps = [new ComputeStep(SimTime.FromMilliseconds(10.2))];
        RunResult with = Of(spec, steps), without = Of(spec with { KernelThreads = [] }, steps);
        with.Processes.Count.ShouldBe(1);
        (with.PeakBytesOfKind[(int)KernelObject.KernelStack].Pages - without.PeakBytesOfKind[(int)KernelObject.KernelStack].Pages).ShouldBe(12);
        // On a CPU that computes a kernel thread waits for the end of the quantum of 4 ms.
        SimTime work = with.CpuTimes[0][(int)TimeCategory.KernelThread];
        work.ShouldBe(SimTime.FromMicroseconds(3 * 2 * 100));
        without.CpuTimes[0][(int)TimeCategory.KernelThread].ShouldBe(SimTime.Zero);
        with.CpuTimes[0][(int)TimeCategory.User].ShouldBe(without.CpuTimes[0][(int)TimeCategory.User]);
    }

    [Fact]
    public void ARunEndsWithItsLastProcessWhateverKernelThreadsDo()
    {
        RunResult run = Of(With("asid") with { Cpus = 2 }, [[new ComputeStep(SimTime.FromMilliseconds(3.05))], [new SleepStep(Millisecond)]]);
        run.Elapsed.ShouldBe(run.Processes[0].Ended);
    }

    [Fact]
    public void AMachineWithoutMemoryForItsKernelThreadsFailsTheRun()
    {
        MachineSpec spec = With("asid") with { Memory = new ByteSize(1 << 20), KernelThreads = [.. Enumerable.Range(0, 80).Select(Thread)] };
        Should.Throw<RunFailedException>(() => Of(spec, new ComputeStep(Millisecond))).Message.ShouldStartWith("there is no memory for kernel thread 'k");
    }

    private static MachineSpec With(string policy) => Spec() with
    {
        ContextSwitch = (IContextSwitch)PolicyChoice.Parse(BuiltIn.Policies, "context-switch", policy).Create(new PolicyContext(0, 0, 0)),
        KernelThreads = [Thread(0)],
    };

    private static KernelThreadSpec Thread(int number) => new($"k{number}", () => new PeriodicWork(SimTime.FromMicroseconds(500), SimTime.FromMicroseconds(100)));
}
