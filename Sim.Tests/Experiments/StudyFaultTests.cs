using System.IO;
using System.Text;
using Shouldly;
using Sim.Lab.Experiments;
using Xunit;

namespace Sim.Tests.Experiments;

/// <summary>Each kind of mistake: where the error points, and what it says.</summary>
public sealed class StudyFaultTests
{
    [Theory]
    [InlineData("  memory: 16MiB", "  memory: 256", 3, 11, "machine.memory: '256' has no unit; a size is written like 256MiB")]
    [InlineData("  memory: 16MiB", "  memory: 16MB", 3, 11, "machine.memory: '16MB' is not a size; a size is written like 64MiB")]
    [InlineData("  memory: 16MiB", "  memory: 512KiB", 3, 11, "machine.memory: 512KiB is outside of 1MiB to 4TiB")]
    [InlineData("  memory: 16MiB", "  memory: 1025.5KiB", 3, 11, "machine.memory: 1025.5KiB is not a whole number of 4KiB pages")]
    [InlineData("  memory: 16MiB", "  memory: [1MiB]", 3, 11, "machine.memory: a single value is expected, not a list")]
    [InlineData("  memory: 16MiB", "  memory:", 3, 10, "machine.memory: has no value")]
    [InlineData("  memory: 16MiB", "  memroy: 16MiB", 3, 3, "machine has no key 'memroy'; did you mean 'memory'?")]
    [InlineData("  memory: 16MiB", "  cpus: 65", 3, 9, "machine.cpus: 65 is outside of 1 to 64")]
    [InlineData("  memory: 16MiB", "  cpus: 1.5", 3, 9, "machine.cpus: 1.5 is not a whole number")]
    [InlineData("  memory: 16MiB", "  lockstep: yes", 3, 13, "machine.lockstep: 'yes' is neither true nor false")]
    [InlineData("  memory: 16MiB", "  page-table: radix-5", 3, 15, "machine.page-table: there is no page table 'radix-5'; did you mean 'radix-4'?")]
    [InlineData("  memory: 16MiB", "  swap: {device: nvmee}", 3, 18, "machine.swap.device: there is no swap device 'nvmee'; did you mean 'nvme'?")]
    [InlineData("  memory: 16MiB", "  swap: {read: 80}", 3, 16, "machine.swap.read: '80' has no unit; a time is written like 80ms")]
    [InlineData("  memory: 16MiB", "  costs: {set: {page-zeroo: 1ns}}", 3, 17, "machine.costs.set: there is no cost 'page-zeroo'; did you mean 'page-zero'?")]
    [InlineData("  memory: 16MiB", "  costs: {set: {interrupt-delivery: 0ns}}", 3, 37, "machine.costs.set.interrupt-delivery: 0ns is outside of 1ps to")]
    [InlineData("seed: 5", "sead: 5", 1, 1, "a study has no key 'sead'; did you mean 'seed'?")]
    [InlineData("seed: 5", "frequency: 5", 1, 1, "a study has no key 'frequency'; there is: description, seed, replications, precision, warmup, machine, files, policies, workload, record-faults, snapshots, sweep, figures")]
    [InlineData("seed: 5", "seed: five", 1, 7, "seed: 'five' is not a number; a count is written like 20 or 20M")]
    [InlineData("seed: 5", "seed: 5\nseed: 6", 2, 1, "the key 'seed' stands here twice; the first is at line 1")]
    [InlineData("seed: 5", "seed: 5\n---\nmachine: {}", 2, 1, "a second document begins; a study is one document")]
    [InlineData("seed: 5", "replications: 0", 1, 15, "replications: 0 is outside of 1 to 100000")]
    [InlineData("seed: 5", "replications: 3\nprecision: {metric: fault_rate, relative: 2%}", 2, 1, "a study has both 'replications' and 'precision'")]
    [InlineData("seed: 5", "precision: {metric: fault_rat, relative: 2%}", 1, 21, "precision.metric: there is no metric 'fault_rat'; did you mean 'fault_rate'?")]
    [InlineData("seed: 5", "precision: {metric: fault_rate, relative: 2%, min-replications: 9, max-replications: 4}", 1, 86, "precision.max-replications: at most 4 replications are fewer")]
    [InlineData("seed: 5", "warmup: 100%", 1, 9, "warmup: 100% leaves nothing to measure")]
    [InlineData("seed: 5", "warmup: soon", 1, 9, "warmup: 'soon' is no warm-up; it is written like 10% (of the references), 5M (references), 2s or auto")]
    [InlineData("seed: 5", "warmup: 10k", 1, 9, "warmup: process 'db' makes 10000 references, so that a warm-up of 10k leaves nothing to measure")]
    [InlineData("seed: 5", "snapshots: [2ms, 1ms]", 1, 18, "snapshots[1]: 1ms is not later than 2ms, which stands before it")]
    [InlineData("seed: 5", "figures: [{x: machine.memroy, y: fault_rate}]", 1, 15, "figures[0].x: the study sets no 'machine.memroy'; did you mean 'machine.memory'?")]
    [InlineData("seed: 5", "figures: [{x: machine.memory, y: faultrate}]", 1, 34, "figures[0].y: there is no metric 'faultrate'; did you mean 'fault_rate'?")]
    [InlineData("seed: 5", "figures: [{x: machine.memory, y: fault_rate, x-scale: log}]", 1, 55, "figures[0].x-scale: there is no scale 'log'; did you mean 'log2'?")]
    public void AWrongSettingIsRefusedAtItsPlace(string line, string replacement, int at, int column, string problem) =>
        Check(Studies.SmallWith(line, replacement), at, column, problem);

    [Theory]
    [InlineData("clokc", 5, 12, "policies.reclaim: there is no reclaim policy 'clokc'; did you mean 'clock'?")]
    [InlineData("clock(set-on-laod=true)", 5, 12, "policies.reclaim: reclaim policy 'clock' has no option 'set-on-laod'; did you mean 'set-on-load'?")]
    [InlineData("clock(set-on-load=maybe)", 5, 12, "policies.reclaim: set-on-load: 'maybe' is neither true nor false")]
    [InlineData("clock(set-on-load=true", 5, 12, "policies.reclaim: 'clock(set-on-load=true' does not end with ')'; options are written name(key=value,key=value), and in a list in quotes")]
    [InlineData("{clock: {set-on-load: maybe}}", 5, 34, "policies.reclaim: set-on-load: 'maybe' is neither true nor false")]
    [InlineData("{nru: {reset-interval: 5000}}", 5, 35, "policies.reclaim: reset-interval: 5000 is outside of 0 to 1000")]
    [InlineData("{clock: {}, lru: {}}", 5, 24, "policies.reclaim: one name is expected, and 'lru' is a second; options stand below the name: {name: {option: value}}")]
    [InlineData("[clock]", 5, 12, "policies.reclaim: a name is expected, with options as name(option=value) or {name: {option: value}}")]
    [InlineData("clock\n  huge-pages: never", 6, 3, "policy point 'huge-pages' is not built yet; built: reclaim, quota, paging, readahead, scheduler")]
    [InlineData("clock\n  tlb: zen4", 6, 3, "'tlb' is hardware; it stands under machine")]
    [InlineData("clock\n  recliam: lru", 6, 3, "policies has no key 'recliam'; did you mean 'reclaim'?")]
    [InlineData("clock\n  quota: fixed(frames=0)", 6, 10, "policies.quota: frames: 0 is outside of 1 to")]
    [InlineData("clock\n  quota: fixed(frames=5000)", 6, 10, "policies.quota: fixed(frames=5000): frames: 5000 is more than the machine's 4096")]
    [InlineData("clock\n  scheduler: round-robin(quantum=4)", 6, 14, "policies.scheduler: quantum: '4' is not a time; a time is written like 4ms")]
    [InlineData("clock\n  scheduler: round-robin(quantum=1ns)", 6, 14, "policies.scheduler: quantum: 1ns is out of range; it must be from 1us to 1000s")]
    [InlineData("clock\n  paging: fault-around(pages=12)", 6, 11, "policies.paging: pages: 12 is not a power of two from 1 to 512")]
    [InlineData("clock\n  readahead: cluster(pages=512)", 6, 14, "policies.readahead: pages: 512 is outside of 1 to 256")]
    [InlineData("clock\n  readahead: {vma-window: {pages: 6}}", 6, 35, "policies.readahead: pages: 6 is not a power of two from 1 to 32")]
    [InlineData("clock\n  context-switch: asid(lazy-tlb=no)", 6, 19, "policies.context-switch: lazy-tlb: 'no' is neither true nor false")]
    public void AWrongPolicyIsRefusedAtItsPlace(string policies, int at, int column, string problem) =>
        Check(Studies.SmallWith("reclaim: clock", "reclaim: " + policies), at, column, problem);

    [Theory]
    [InlineData("zen5", 3, 8, "machine.tlb: there is no TLB preset 'zen5'; did you mean 'zen4'?")]
    [InlineData("{preset: zen4, asids: 4096}", 3, 30, "machine.tlb.asids: 4096 is outside of 0 to 4095")]
    [InlineData("{preset: zen4, levels: [{entries: 4}]}", 3, 23, "machine.tlb has both 'preset' and 'levels'; one of them says it all")]
    [InlineData("{levels: []}", 3, 17, "machine.tlb.levels: the list is empty")]
    [InlineData("{levels: [{ways: 4}]}", 3, 18, "machine.tlb.levels[0] has no 'entries'; it is written like entries: 64")]
    [InlineData("{levels: [{entries: 64, ways: 5}]}", 3, 38, "machine.tlb.levels[0].ways: 5 ways do not divide 64 entries")]
    [InlineData("{levels: [{entries: 48, ways: 6, replacement: tree-plru}]}", 3, 38, "machine.tlb.levels[0].ways: tree-plru needs a power of two of ways, at most 64; there are 6")]
    [InlineData("{levels: [{entries: 8, replacement: mru}]}", 3, 44, "machine.tlb.levels[0].replacement: there is no TLB replacement 'mru'; did you mean 'lru'?")]
    [InlineData("{levels: [{entries: 8, page-sizes: [2MiB]}]}", 3, 18, "machine.tlb.levels[0]: the first level holds no 4KiB pages; every translation enters there")]
    [InlineData("{levels: [{entries: 8, page-sizes: [8KiB]}]}", 3, 44, "machine.tlb.levels[0].page-sizes[0]: there is no page size '8KiB'; did you mean '4KiB'?")]
    [InlineData("{levels: [[{entries: 8}, {entries: 16}]]}", 3, 33, "machine.tlb.levels[0][1]: two arrays of one level hold 4KiB pages; a level holds a page size in one array")]
    public void AWrongTlbIsRefusedAtItsPlace(string tlb, int at, int column, string problem) =>
        Check(Studies.SmallWith("memory: 16MiB", "tlb: " + tlb), at, column, problem);

    [Fact]
    public void IdentifiersThatTheMachineDoesNotHaveAreRefused()
    {
        string without = Studies.SmallWith("memory: 16MiB", "tlb: i486");
        Studies.Load(without).Runs()[0].Build().Machine.Asids.ShouldBe(0);
        Check(without.Replace("reclaim: clock", "reclaim: clock\n  context-switch: asid"), 6, 19,
            "policies.context-switch: 'asid' needs identifiers of address spaces, and this machine's TLB has none; set machine.tlb.asids, or write flush");
        Studies.Load(Studies.SmallWith("reclaim: clock", "reclaim: clock\n  context-switch: flush")).Runs()[0].Build().Machine.Asids.ShouldBe(0);
    }

    [Theory]
    [InlineData("{kernel-thread: k, run: 1us}", "workload[1] has no 'every'; it is written like every: 5ms")]
    [InlineData("{kernel-thread: k, every: 1ns, run: 1us}", "workload[1].every: 1ns is outside of 1us to")]
    [InlineData("{kernel-thread: db, every: 1ms, run: 1us}", "workload[1].kernel-thread: there is a process 'db' already")]
    [InlineData("{kernel-thread: k, every: 1ms, run: 1us, count: 2}", "workload[1] has no key 'count'")]
    public void AWrongKernelThreadIsRefused(string thread, string problem) =>
        Studies.Fault(Studies.Small.TrimEnd() + "\n  - " + thread + "\n").Problem.ShouldStartWith(problem);

    [Fact]
    public void KernelThreadsAloneAreNoWorkload() =>
        Studies.Fault("workload:\n  - {kernel-thread: k, every: 1ms, run: 1us}\n").Problem.ShouldStartWith("workload: there is no process; a run ends with its last process");

    [Fact]
    public void AFileThatIsNoDocumentIsRefused()
    {
        Check("", 1, 1, "the document is empty; a study has the keys machine, policies and workload");
        Check("# nothing\n", 1, 1, "the document is empty");
        Check("- 1\n", 1, 1, "a study is a map of keys: machine, policies, workload");
        Check("seed: 1\n", 1, 1, "the study has no 'workload'; it is a list of processes with their programs");
        Studies.Fault("seed: [1\nmachine: 2").Problem.ShouldStartWith("not valid YAML");
        Studies.Fault("seed: \"1\n").Line.ShouldBeGreaterThan(0);
        Studies.Fault("seed: " + new string('[', 2000)).Problem.ShouldBe("nested more than 64 deep");
        Check("seed: *nobody", 1, 7, "there is no anchor 'nobody'");
        Check("[1]: 2", 1, 1, "a key is a word, not a map or a list");
    }

    [Fact]
    public void AFileThatCannotBeReadIsRefused()
    {
        string directory = Directory.CreateTempSubdirectory("study-").FullName;
        string file = Path.Combine(directory, "study.yaml");
        Message(file).ShouldBe(file + ": there is no such file");
        Message(directory).ShouldBe(directory + ": is a directory; a study is a YAML file");
        File.WriteAllBytes(file, [.. Encoding.UTF8.GetBytes("seed: 1\nx: ab"), 0xE9, (byte)'\n']);
        Message(file).ShouldBe(file + ":2:6: byte 0xE9 is not UTF-8; a study is UTF-8 text");
        File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Studies.Small)]);
        Experiment.Load(file, [], Studies.Catalogue).Seed.ShouldBe(5);
        Directory.Delete(directory, true);

        static string Message(string path) => Should.Throw<StudyException>(() => Experiment.Load(path, [], Studies.Catalogue)).Message;
    }

    [Fact]
    public void AMessageBeginsWithFileLineAndColumn()
    {
        StudyException fault = Studies.Fault(Studies.SmallWith("memory: 16MiB", "memory: 256"));
        fault.Message.ShouldBe($"{fault.File}:3:11: machine.memory: '256' has no unit; a size is written like 256MiB");
        fault.File.ShouldEndWith("study.yaml");
    }

    private static void Check(string yaml, int line, int column, string problem)
    {
        StudyException fault = Studies.Fault(yaml);
        fault.Problem.ShouldStartWith(problem);
        (fault.Line, fault.Column).ShouldBe((line, column));
        fault.Message.ShouldNotContain("\n");
    }
}
