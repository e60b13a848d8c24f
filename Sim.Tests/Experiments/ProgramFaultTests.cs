using System.IO;
using Shouldly;
using Sim.Lab.Experiments;
using Xunit;

namespace Sim.Tests.Experiments;

/// <summary>Mistakes in a program, by its steps from line 4 on.</summary>
public sealed class ProgramFaultTests
{
    private const string Head = "workload:\n  - process: db\n    program:\n";
    private const string Heap = "      - mmap: {name: heap, size: 40KiB}\n";

    [Theory]
    [InlineData(Heap + "      - access: {region: hep, model: zipf, count: 5}", 5, 26, "workload[0].program[1].access.region: no earlier step maps a region 'hep'; did you mean 'heap'?")]
    [InlineData("      - access: {region: heap, model: zipf, count: 5}", 4, 26, "workload[0].program[0].access.region: no earlier step maps a region 'heap'; map one first")]
    [InlineData(Heap + "      - access: {region: heap, model: zipff, count: 5}", 5, 39, "workload[0].program[1].access.model: there is no model 'zipff'; did you mean 'zipf'?")]
    [InlineData(Heap + "      - access: {region: heap, model: {zipf: {alhpa: 1}}, count: 5}", 5, 47, "workload[0].program[1].access.model.zipf has no option 'alhpa'; did you mean 'alpha'?")]
    [InlineData(Heap + "      - access: {region: heap, model: {zipf: {alpha: 21}}, count: 5}", 5, 54, "workload[0].program[1].access.model.zipf.alpha: 21 is outside of 0 to 20")]
    [InlineData(Heap + "      - access: {region: heap, model: zipf(alpha=x), count: 5}", 5, 39, "workload[0].program[1].access.model.zipf.alpha: 'x' is not a number")]
    [InlineData(Heap + "      - access: {region: heap, model: loop(pages=11), count: 5}", 5, 39, "workload[0].program[1].access.model: loop: pages is 11; the region has 10")]
    [InlineData(Heap + "      - access: {region: heap, model: loop(pages=8KiB), count: 5}", 5, 39, "workload[0].program[1].access.model.loop.pages: '8KiB' is a size; pages is a plain number, of pages where it counts memory")]
    [InlineData(Heap + "      - access: {region: heap, model: {phases: {micromodel: cylic}}, count: 5}", 5, 61, "workload[0].program[1].access.model.phases.micromodel: there is no 'cylic'; did you mean 'cyclic'?")]
    [InlineData(Heap + "      - access: {region: heap, model: {mixture: {parts: [{model: uniform, wieght: 2}]}}, count: 5}", 5, 75, "workload[0].program[1].access.model.mixture.parts[0] has no option 'wieght'; did you mean 'weight'?")]
    [InlineData(Heap + "      - access: {region: heap, model: zipf, count: 0}", 5, 52, "workload[0].program[1].access.count: 0 is outside of 1 to")]
    [InlineData(Heap + "      - access: {region: heap, model: zipf, count: 5, writes: 130%}", 5, 63, "workload[0].program[1].access.writes: 130% is outside of 0% to 100%")]
    [InlineData(Heap + "      - acess: {region: heap}", 5, 9, "workload[0].program[1]: there is no step 'acess'; did you mean 'access'?")]
    [InlineData(Heap + "      - mmap: {name: heap, size: 4KiB}", 5, 22, "workload[0].program[1].mmap.name: a region 'heap' is mapped already; munmap it first")]
    [InlineData("      - mmap: {name: heap, size: 1MiB, page-size: 2MiB}", 4, 34, "workload[0].program[0].mmap.size: 1MiB is not a whole number of 2MiB pages")]
    [InlineData("      - munmap: heap", 4, 17, "workload[0].program[0].munmap: no earlier step maps a region 'heap'")]
    [InlineData("      - brk: {grow: 8KiB, shrink: 4KiB}", 4, 27, "workload[0].program[0].brk has both 'grow' and 'shrink'")]
    [InlineData("      - brk: {shrink: 4KiB}", 4, 23, "workload[0].program[0].brk.shrink: 4KiB is more than the 0B of 'heap'")]
    [InlineData("      - brk: {name: arena}", 4, 14, "workload[0].program[0].brk: neither 'grow' nor 'shrink' is there; it is written like brk: {grow: 1MiB}")]
    [InlineData("      - joyn", 4, 9, "workload[0].program[0]: there is no step 'joyn'; did you mean 'join'?")]
    [InlineData("      - join: 3", 4, 15, "workload[0].program[0]: 'join' takes no value; it is written as a plain word")]
    [InlineData("      - sleep", 4, 9, "workload[0].program[0]: 'sleep' needs a value: sleep: ...")]
    [InlineData("      - fork: {children: 2}", 4, 15, "workload[0].program[0].fork has no 'program'; it is written like program: [...]")]
    [InlineData("      - fork: {childs: 2, program: [exit]}", 4, 16, "workload[0].program[0].fork has no key 'childs'; there is: children, program")]
    [InlineData("      - fork: {children: 0, program: [exit]}", 4, 26, "workload[0].program[0].fork.children: 0 is outside of 1 to 4096")]
    [InlineData("      - fork: {program: [mmap: {name: x, size: 4KiB}]}\n      - touch: {region: x}", 5, 25, "workload[0].program[1].touch.region: no earlier step maps a region 'x'")]
    [InlineData("      - fork: {children: 4000, program: [fork: {children: 4000, program: [exit]}]}", 2, 3, "workload: there are 16004001 processes; at most 10000 run")]
    [InlineData("      - exec: {program: [exit]}\n      - wait", 5, 9, "workload[0].program[1]: nothing of this program runs after exec")]
    [InlineData(Heap + "      - exec: {program: [touch: {region: heap}]}", 5, 42, "workload[0].program[1].exec.program[0].touch.region: no earlier step maps a region 'heap'")]
    [InlineData("      - wait: some", 4, 15, "workload[0].program[0].wait: there is no kind of wait 'some'; there is: all, any")]
    [InlineData(Heap + "      - touch: {region: heap, share: 50%, pages: 3}", 5, 43, "workload[0].program[1].touch has both 'share' and 'pages'")]
    [InlineData(Heap + "      - touch: {region: heap, pages: 11}", 5, 38, "workload[0].program[1].touch.pages: 11 is outside of 0 to 10")]
    [InlineData("      - shm: {name: board}", 4, 14, "workload[0].program[0].shm has no 'size'; it is written like size: 16MiB")]
    [InlineData(Heap + "      - shm: {name: heap, size: 4KiB}", 5, 21, "workload[0].program[1].shm.name: a region 'heap' is mapped already")]
    [InlineData("      - shm: {name: board, size: 4KiB, key: 0}", 4, 45, "workload[0].program[0].shm.key: 0 is outside of 1 to")]
    [InlineData("      - kill", 4, 9, "workload[0].program[0]: 'kill' needs a value: kill: ...")]
    [InlineData("      - exit\n      - join", 5, 9, "workload[0].program[1]: nothing runs after exit")]
    [InlineData("      - compute: 5", 4, 18, "workload[0].program[0].compute: '5' has no unit; a time is written like 5ms")]
    [InlineData("      - loop: {times: 2, program: [mmap: {name: x, size: 4KiB}]}", 4, 49, "workload[0].program[0].loop.program[0].mmap.name: a region 'x' is mapped already")]
    [InlineData("      - clone: {threads: 2, program: []}", 4, 38, "workload[0].program[0].clone.program: the list is empty")]
    [InlineData("      - trace: {file: nothing.txt}", 4, 23, "workload[0].program[0].trace.file: there is no file 'nothing.txt'; a trace's name is relative to the study's directory")]
    [InlineData("      - sleep: 1ms\n    cuont: 2", 5, 5, "workload[0] has no key 'cuont'; did you mean 'count'?")]
    [InlineData("      - sleep: 1ms\n  - process: db\n    program: [sleep: 1ms]", 5, 14, "workload[1].process: there is a process 'db' already; use count for several alike")]
    [InlineData("      - sleep: 1ms\n  - process: d.b\n    program: [sleep: 1ms]", 5, 14, "workload[1].process: 'd.b' is not a name")]
    [InlineData("      - sleep: 1ms\nwarmup: 10%", 5, 9, "warmup: process 'db' makes no references that a warm-up of 10% could be counted in; a time would do: 10ms")]
    [InlineData("      - fsync: data", 4, 16, "workload[0].program[0].fsync: the study declares no file 'data'; files stand at its top: files: {data: 64MiB}")]
    [InlineData("      - fsync: dta\nfiles: {data: 1MiB}", 4, 16, "workload[0].program[0].fsync: there is no file 'dta'; did you mean 'data'?")]
    [InlineData("      - mmap: {name: t, file: data, offset: 1MiB}\nfiles: {data: 1MiB}", 4, 15, "workload[0].program[0].mmap: there is nothing from 1MiB on in the 1MiB of 'data'; give a size")]
    [InlineData("      - mmap: {name: t, file: data, access: rx}\nfiles: {data: 1MiB}", 4, 45, "workload[0].program[0].mmap.access: there is no access 'rx'")]
    [InlineData("      - read: {file: data, offset: 2MiB}\nfiles: {data: 1MiB}", 4, 15, "workload[0].program[0].read: there is nothing from 2MiB on in the 1MiB of 'data'; give a size")]
    [InlineData("      - exit\nfiles: {data: {size: 1MiB, cached: 2}}", 5, 36, "files.cached: 2 is outside of 0% to 100%")]
    [InlineData("      - exit\nmachine: {disk: zram}", 5, 17, "machine.disk: there is no disk 'zram'; there is: nvme, sata-ssd, hdd")]
    [InlineData("      - exit\nmachine: {disk: hhd}", 5, 17, "machine.disk: there is no disk 'hhd'; did you mean 'hdd'?")]
    [InlineData("      - exit\nmachine: {disk: {device: ssd}}", 5, 26, "machine.disk.device: there is no disk 'ssd'")]
    [InlineData(Heap + "      - msync: {region: heap}", 5, 16, "workload[0].program[1].msync: the study has no files, so that there is nothing to write back")]
    [InlineData(Heap + "      - access: {region: heap, model: zipf, count: 5}\npolicies: {reclaim: opt}\nfiles: {data: 1MiB}", 6, 21, "policies.reclaim: 'opt' needs the future: one process without clone, fork and exec on one CPU, 4KiB pages and at most 250M references; this study has files")]
    public void AWrongStepIsRefusedAtItsPlace(string steps, int line, int column, string problem)
    {
        StudyException fault = Studies.Fault(Head + steps);
        fault.Problem.ShouldStartWith(problem);
        (fault.Line, fault.Column).ShouldBe((line, column));
    }

    [Theory]
    [InlineData("    count: 4", "'opt' needs the future: one process without clone, fork and exec on one CPU, 4KiB pages and at most 250M references; this study has 4 processes")]
    [InlineData("machine: {cpus: 2}", "this machine has 2 CPUs")]
    public void TheOptimumIsRefusedWhereTheFutureIsNotKnown(string more, string reason)
    {
        StudyException fault = Studies.Fault(Head + Heap + "      - access: {region: heap, model: zipf, count: 5}\n" + more + "\npolicies: {reclaim: opt}");
        fault.Problem.ShouldContain(reason);
        (fault.Line, fault.Column).ShouldBe((7, 21));
    }

    [Fact]
    public void TheOptimumIsRefusedForThreads() =>
        Studies.Fault(Head + "      - clone: {threads: 1, program: [sleep: 1ms]}\npolicies: {reclaim: opt}").Problem.ShouldEndWith("process 'db' starts threads");

    [Theory]
    [InlineData("fork: {program: [sleep: 1ms]}")]
    [InlineData("loop: {times: 2, program: [fork: {program: [sleep: 1ms]}]}")]
    [InlineData("exec: {program: [sleep: 1ms]}")]
    public void TheOptimumIsRefusedForChildrenAndOtherPrograms(string step) =>
        Studies.Fault(Head + $"      - {step}\npolicies: {{reclaim: opt}}").Problem.ShouldEndWith("process 'db' starts children or another program");

    [Fact]
    public void AFaultInATraceIsToldWhereTheStudyNamesIt()
    {
        string directory = Directory.CreateTempSubdirectory("study-").FullName;
        File.WriteAllText(Path.Combine(directory, "bad.txt"), "1\n2\nthree\n");
        File.WriteAllText(Path.Combine(directory, "study.yaml"), Head + "      - trace: bad.txt\n");
        StudyException fault = Should.Throw<StudyException>(() => Experiment.Load(Path.Combine(directory, "study.yaml"), [], Studies.Catalogue));
        (fault.Line, fault.Column).ShouldBe((4, 16));
        fault.Problem.ShouldContain("bad.txt:3: 'three' is not a page number");
        Directory.Delete(directory, true);
    }
}
