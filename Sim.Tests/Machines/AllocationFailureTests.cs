using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Workloads.Programs;
using Xunit;
using static Sim.Tests.Machines.MachineRun;

namespace Sim.Tests.Machines;

/// <summary>
/// Every allocation of a run fails once, one run for each: of frames, slabs, objects, page tables, stacks. The run must end with its books closed, and
/// the failure reach whoever asked as in a kernel: ENOMEM from a system call, the process killed over a fault.
/// </summary>
public sealed class AllocationFailureTests
{
    private const int MostAllocations = 2000;

    [Fact]
    public void MappingsFaultsAndThreads() => FailEachOnce(Spec(), [
        [Map("a", 5), Sequential("a", 5), Map("b", 600), Uniform("b", 10), new UnmapStep("a"),
            new CloneStep(1, [Uniform("b", 5)]), new JoinStep(), new BreakStep("heap", 5), Sequential("heap", 3)],
        [Map("c", 3), Sequential("c", 3)]]);

    [Fact]
    public void HugePagesAndTheZeroPage() => FailEachOnce(Spec() with { HasZeroPage = true },
        [[Map("h", 1024, PageSize.Huge), Uniform("h", 10), Map("r", 10), Sequential("r", 10, writes: 0), Sequential("r", 10)]]);

    [Fact]
    public void MemoryThatIsShortAnyway() => FailEachOnce(Spec() with { Memory = new ByteSize(1 << 20) }, [
        [Map("a", 200), Sequential("a", 220)]]);

    [Fact]
    public void StreamsOfKernelAllocations() => FailEachOnce(Spec(), [[
        new KernelStep(KernelRequest.Kmalloc, 8, 8192, SizeDistribution.LogUniform, 30, 12, KernelLifetime.Random, 4, 0.5, null),
        new KernelStep(KernelRequest.Vmalloc, 4096, 100_000, SizeDistribution.Uniform, 6, 3, KernelLifetime.Fifo, 1, 0, null),
        new KernelStep(KernelRequest.MapRam, 4096, 100_000, SizeDistribution.Uniform, 6, 3, KernelLifetime.Lifo, 1, 0, null),
        new KernelStep(KernelRequest.MovablePages, 2 << 20, 2 << 20, SizeDistribution.Uniform, 2, 2, KernelLifetime.Fifo, 1, 1, null)]]);

    [Theory]
    [MemberData(nameof(ProcessTests.Policies), MemberType = typeof(ProcessTests))]
    public void ForkAndExec(string policy)
    {
        ProgramStep[] child = [new TouchStep("a", 3, true, 1), new UnmapStep("b"), new ExecStep(4, 4, 4, [new TouchStep("bss", 3, false, 1)])];
        FailEachOnce(ProcessTests.With(policy), [[Map("a", 5), Map("b", 600), new TouchStep("a", 5, false, 1), new TouchStep("b", 20, true, 1), new ForkStep(2, child),
            new WaitStep(ForAll: true), new TouchStep("a", 5, false, 1)]]);
    }

    [Fact]
    public void SharedMemory() => FailEachOnce(Spec() with { HasSharedMemory = true },
        [[Map("a", 3), new AttachStep("s", 5, 1), new TouchStep("s", 5, false, 1), new ForkStep(1, [new TouchStep("s", 5, false, 1), new ExitStep()]), new UnmapStep("s"), new WaitStep(ForAll: true)]]);

    [Theory]
    [MemberData(nameof(ProcessTests.Policies), MemberType = typeof(ProcessTests))]
    public void ForkWhereMemoryIsShortAnyway(string policy) => FailEachOnce(ProcessTests.With(policy, Spec() with { Memory = new ByteSize(1 << 20), CheckEvery = SimTime.FromMilliseconds(2) }),
        [[Map("a", 120), new TouchStep("a", 120, false, 1), new ForkStep(1, [new TouchStep("a", 30, true, 1), new ExitStep()]), new TouchStep("a", 30, true, 1), new WaitStep(ForAll: true)]]);

    private static void FailEachOnce(MachineSpec spec, ProgramStep[][] processes)
    {
        var causes = new HashSet<string>();
        for (int at = 0; ; at++)
        {
            at.ShouldBeLessThan(MostAllocations);
            var machine = new Machine(spec with { FailAllocation = at }, processes.Select((steps, id) => Process(id, steps)));
            RunResult result = machine.Run();
            foreach (Process process in result.Processes.Where(process => process.KilledBy is not null)) causes.Add(process.KilledBy!);
            if (!machine.HasFailureCome)
            {
                at.ShouldBeGreaterThan(20);
                break;
            }
        }
        causes.ShouldBeSubsetOf(["out of memory and swap", "no memory to start", "mmap failed: ENOMEM", "munmap failed: ENOMEM", "brk failed: ENOMEM", "clone failed: ENOMEM",
            "fork failed: ENOMEM", "exec failed: ENOMEM", "shmat failed: ENOMEM"]);
        if (processes[0].OfType<ForkStep>().Any()) causes.ShouldContain("fork failed: ENOMEM");
        if (processes[0].OfType<ForkStep>().Any(fork => fork.Steps[^1] is ExecStep)) causes.ShouldContain("exec failed: ENOMEM");
        if (processes[0][0] is MapStep) causes.ShouldContain("mmap failed: ENOMEM");
        causes.ShouldContain("no memory to start");
    }
}
