using System.Linq;
using Sim.Core.Engine;
using Sim.Lab;

namespace Sim.Tests.Machines;

/// <summary>A study that is drawn: two programs that may do anything to their regions and to each other, one or two instances of each, and policies at all points.</summary>
internal sealed class MixedStudy
{
    private const int DeepestNesting = 3;

    /// <summary>Regions that a program has from its start, and a thread or child with it: anonymous, of a file, private of a file, and shared.</summary>
    private static readonly string[] Regions = ["heap", "table", "copy", "board"];

    private static readonly string[] Points = [.. BuiltIn.Policies.Entries.Select(entry => entry.Point).Distinct()];
    private RandomStream _random;
    private int _scratch;

    public MixedStudy(ulong seed)
    {
        _random = new RandomStream(seed);
        Text = $$"""
            machine: {cpus: {{Number(1, 4)}}, memory: {{Number(3, 6)}}MiB, lockstep: {{OneOf("false", "false", "true")}}, swap: {{OneOf("nvme", "zram", "hdd", "none")}}, disk: {{OneOf("nvme", "sata-ssd")}}}
            files: {data: {size: 600KiB, cached: {{Number(0, 100)}}%}, log: 100KiB}
            policies: { {{string.Join(", ", Points.Select(point => $"{point}: {Policy(point)}"))}} }
            workload:
            - {kernel-thread: flusher, every: {{Number(100, 900)}}us, run: 10us}
            - {process: p, count: {{Number(1, 2)}}, every: 100us, nice: {{Number(0, 9)}}, program: {{Program()}}}
            - {process: q, count: {{Number(1, 2)}}, priority: {{Number(0, 9)}}, program: {{Program()}}}
            """;
    }

    public string Text { get; }

    private string Policy(string point) => point == "quota"
        ? OneOf("none", "fixed(frames=150)")
        : OneOf([.. BuiltIn.Policies.At(point).Where(entry => !entry.NeedsFuture).Select(entry => entry.Name)]);

    private string Program() =>
        $"[mmap: {{name: heap, size: 800KiB}}, mmap: {{name: table, file: data, shared: true}}, mmap: {{name: copy, file: data}}, shm: {{name: board, size: 100KiB, key: 1}}, "
        + $"touch: {{region: heap, writes: 100%, share: {Number(1, 100)}%}}, {Steps(0)}]";

    private string Steps(int depth) => string.Join(", ", Enumerable.Range(0, Number(3, 7)).Select(_ => Step(depth)));

    private string Step(int depth) => Number(depth < DeepestNesting ? 0 : 5, 19) switch
    {
        0 => $"loop: {{times: {Number(1, 3)}, program: [{Steps(depth + 1)}]}}",
        1 => $"clone: {{threads: {Number(1, 3)}, program: [{Steps(depth + 1)}]}}",
        2 => $"fork: {{children: {Number(1, 2)}, program: [{Steps(depth + 1)}]}}, {OneOf("wait: any", "wait", "kill: all", "sleep: 10us")}",
        3 => $"fork: {{program: [exec: {{program: [touch: {{region: bss, writes: 50%}}, sleep: 100us]}}]}}",
        4 => OneOf("join", "wait", "kill: child-0"),
        5 => $"madvise: {{region: {Region()}, advice: {OneOf("dont-need", "random", "sequential", "dont-fork", "populate-read")}}}",
        6 => "madvise: {region: heap, offset: 40KiB, size: 300KiB, advice: free}",
        7 => $"mprotect: {{region: heap, offset: 80KiB, size: 80KiB, access: {OneOf("r", "none")}}}, mprotect: {{region: heap, access: rw}}",
        8 => $"mlock: {{region: {Region()}, size: 40KiB}}, munlock: {{region: {Region()}, size: 20KiB}}",
        9 => $"{OneOf("read", "write")}: {{file: {OneOf("data", "log")}, offset: {Number(0, 90)}KiB, size: {Number(1, 200)}KiB}}",
        10 => OneOf("fsync: data", "msync: {region: table}", "drop: data", "truncate: {file: log, size: 50KiB}"),
        11 => $"mappings: {{model: {OneOf("churn", "malloc-arena", "jit", "loader", "guard-pages", "database")}, count: 30}}",
        12 => $"kernel: {{allocate: {OneOf("kmalloc", "reclaimable-kmalloc", "pages", "vmalloc", "map-ram")}, size: {{from: 8B, to: 32KiB}}, count: 60, live: 20, keep: 20%}}",
        13 => $"{OneOf("sleep", "compute")}: {Number(1, 500)}us",
        14 or 15 => Scratch(),
        _ => $"access: {{region: {Region()}, model: {OneOf("uniform", "zipf", "sequential")}, count: {Number(1, 800)}, writes: {Number(0, 100)}%}}",
    };

    /// <summary>A region that comes, moves and goes.</summary>
    private string Scratch()
    {
        string name = $"scratch-{_scratch++}";
        return $"mmap: {{name: {name}, size: {Number(1, 90) * 4}KiB}}, touch: {{region: {name}, order: random, writes: 50%}}, mremap: {{region: {name}, size: {Number(1, 90) * 4}KiB}}, "
            + $"touch: {{region: {name}, writes: 50%}}, munmap: {name}";
    }

    private string Region() => OneOf(Regions);

    private string OneOf(params string[] choices) => choices[Number(0, choices.Length - 1)];

    private int Number(int least, int most) => least + (int)_random.Below((ulong)(most - least + 1));
}
