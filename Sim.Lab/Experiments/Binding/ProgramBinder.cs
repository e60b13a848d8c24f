using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;
using Sim.Workloads.Mappings;
using Sim.Workloads.Programs;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Traces;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds the steps of one process's program, and follows which regions are mapped on the way.</summary>
internal sealed class ProgramBinder
{
    private const long MostPages = 1L << 35;
    private const long MostReferences = 1_000_000_000_000_000;
    private const int MostThreads = 4096;
    private const long MostCalls = 1_000_000_000;
    private const int MostTouches = 1_000_000;
    private static readonly SimTime Longest = SimTime.FromSeconds(86_400);
    private static readonly string[] Kinds =
        ["mmap", "munmap", "brk", .. RegionCallBinder.Kinds, .. FileStepBinder.Kinds, "access", "mappings", "trace", "kernel", "compute", "sleep", "loop", "clone", "join",
            .. ProcessBinder.Kinds, "exit"];

    /// <summary>Whether a step starts threads.</summary>
    public bool HasThreads { get; private set; }

    /// <summary>Whether a step starts children or another program.</summary>
    public bool HasChildren { get; private set; }

    /// <summary>Whether a step maps memory that processes share.</summary>
    public bool HasSharedMemory { get; private set; }

    /// <summary>Whether a step maps pages larger than 4 KiB.</summary>
    public bool HasHugePages { get; private set; }

    /// <summary>Whether a step may move pages to other addresses.</summary>
    public bool MovesRegions { get; private set; }

    /// <summary>Content hashes of the traces, in the order of the steps.</summary>
    public List<string> TraceHashes { get; } = [];

    /// <summary>The steps of a program.</summary>
    public IReadOnlyList<ProgramStep> Bind(Setting program, RegionScope regions)
    {
        var steps = new List<ProgramStep>();
        foreach (Setting item in program.Items())
        {
            if (steps.Count > 0 && steps[^1] is ExitStep) throw item.Error("nothing runs after exit");
            if (steps.Count > 0 && steps[^1] is ExecStep) throw item.Error("nothing of this program runs after exec; what the new one does stands in exec's own program");
            steps.Add(Step(item, regions));
        }
        return steps;
    }

    private ProgramStep Step(Setting item, RegionScope regions)
    {
        if (item.Node is ScalarNode word) return Word(item, word);
        if (item.Node is not MapNode { Entries: [var entry] } map)
            throw item.Error($"a step is one word or one key with its value; there is: {string.Join(", ", Kinds)}");
        foreach (string kind in Kinds) item.Scope.Keys?.Add("workload.program." + kind);
        if (!Kinds.Contains(entry.Key)) throw entry.KeyMark.Error($"{item.Path}: there is no step '{entry.Key}'; {NearestName.Suggest(entry.Key, Kinds)}");
        var value = new Setting(map.Entries[0].Value, $"{item.Path}.{entry.Key}", item.Scope);
        return entry.Key switch
        {
            "mmap" => Map(value, regions),
            "munmap" => Unmap(value, regions),
            "brk" => Break(value, regions),
            _ when FileStepBinder.Kinds.Contains(entry.Key) => FileStepBinder.Bind(entry.Key, value),
            _ when RegionCallBinder.Kinds.Contains(entry.Key) => Call(entry.Key, value, regions),
            "access" => Access(value, regions),
            "mappings" => Mappings(value),
            "trace" => Trace(value),
            "kernel" => KernelBinder.Bind(value),
            "compute" => new ComputeStep(value.Time(SimTime.Zero, Longest)),
            "sleep" => new SleepStep(value.Time(SimTime.Zero, Longest)),
            "loop" => Loop(value, regions),
            "clone" => Clone(value, regions),
            _ when ProcessBinder.Kinds.Contains(entry.Key) => Process(entry.Key, value, regions),
            _ => throw entry.Value.Mark.Error($"{item.Path}: '{entry.Key}' takes no value; it is written as a plain word"),
        };
    }

    private static ProgramStep Word(Setting item, ScalarNode word) => word.Text switch
    {
        "join" => new JoinStep(),
        "exit" => new ExitStep(),
        "wait" => new WaitStep(ForAll: true),
        _ when Kinds.Contains(word.Text) => throw item.Error($"'{word.Text}' needs a value: {word.Text}: ..."),
        _ => throw item.Error($"there is no step '{word.Text}'; {NearestName.Suggest(word.Text, Kinds)}"),
    };

    private ProgramStep Map(Setting setting, RegionScope regions)
    {
        if (setting.Node is MapNode node && node.Find("file") is not null) return FileStepBinder.Map(setting, regions);
        MapReader map = setting.Map();
        map.Find("file");
        Setting name = map.Require("name", "heap"), size = map.Require("size", "64MiB");
        Setting? pageSizeAt = map.Find("page-size"), populateAt = map.Find("populate");
        map.Close();
        if (regions.Has(name.Text())) throw name.Error($"a region '{name.Text()}' is mapped already; munmap it first, or choose another name");
        long pages = size.Size(new ByteSize(ByteSize.PageBytes), ByteSize.OfPages(MostPages)).Pages;
        PageSize pageSize = pageSizeAt?.OneOf("page size", "4KiB", "2MiB") == "2MiB" ? PageSize.Huge : PageSize.Base;
        if (pageSize == PageSize.Huge && pages % 512 != 0) throw size.Error($"{size.Text()} is not a whole number of 2MiB pages");
        HasHugePages |= pageSize == PageSize.Huge;
        regions.Put(name.Text(), pages);
        return new MapStep(name.Text(), pages, pageSize, populateAt?.Flag() == true);
    }

    private ProgramStep Call(string kind, Setting setting, RegionScope regions)
    {
        MovesRegions |= kind == "mremap";
        return RegionCallBinder.Bind(kind, setting, regions);
    }

    private ProgramStep Process(string kind, Setting setting, RegionScope regions)
    {
        HasChildren |= kind is "fork" or "exec";
        HasSharedMemory |= kind == "shm";
        ProgramStep step = ProcessBinder.Bind(kind, setting, regions, Bind);
        return (double)step.References <= MostReferences && step.References >= 0 ? step : throw setting.Error($"the children make more than {MostReferences:0e0} references");
    }

    private static UnmapStep Unmap(Setting name, RegionScope regions)
    {
        regions.PagesOf(name);
        regions.Remove(name.Text());
        return new UnmapStep(name.Text());
    }

    private static BreakStep Break(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting? nameAt = map.Find("name"), grow = map.Find("grow"), shrink = map.Find("shrink");
        map.Close();
        map.Exclude("grow", "shrink");
        Setting change = grow ?? shrink ?? throw setting.Error("neither 'grow' nor 'shrink' is there; it is written like brk: {grow: 1MiB}");
        string name = nameAt?.Text() ?? "heap";
        long present = regions.Has(name) ? regions.PagesOf(nameAt ?? setting with { Node = new ScalarNode(setting.Node.Mark, name) }) : 0;
        long pages = change.Size(new ByteSize(ByteSize.PageBytes), ByteSize.OfPages(MostPages)).Pages;
        if (shrink is not null && pages > present) throw change.Error($"{change.Text()} is more than the {ByteSize.OfPages(present)} of '{name}'");
        pages = grow is not null ? pages : -pages;
        if (present + pages > 0) regions.Put(name, present + pages);
        else regions.Remove(name);
        return new BreakStep(name, pages);
    }

    private static AccessStep Access(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting region = map.Require("region", "heap"), modelAt = map.Require("model", "zipf"), count = map.Require("count", "20M");
        Setting? writes = map.Find("writes");
        map.Close();
        long pages = regions.PagesOf(region);
        ModelSpec model = ModelBinder.Bind(modelAt);
        Try(modelAt, () => setting.Scope.Models.Try(model, NodeText.Canonical(modelAt.Node), pages));
        return new AccessStep(region.Text(), model, count.Whole(1, MostReferences), writes?.Share() ?? 0);
    }

    private static MappingsStep Mappings(Setting setting)
    {
        MapReader map = setting.Map();
        Setting modelAt = map.Require("model", "churn"), count = map.Require("count", "20k");
        Setting? touches = map.Find("touches");
        map.Close();
        ModelSpec model = ModelBinder.BindMapping(modelAt);
        Try(modelAt, () => MappingCatalogue.Create(model, 0));
        return new MappingsStep(model, count.Whole(1, MostCalls), (int)(touches?.Whole(0, MostTouches) ?? 4));
    }

    private TraceStep Trace(Setting setting)
    {
        MapReader? map = setting.Node is MapNode ? setting.Map() : null;
        Setting file = map?.Require("file", "data/trace.txt.gz") ?? setting;
        Setting? writes = map?.Find("writes");
        map?.Close();
        if (file.Text().Contains('\0')) throw file.Error("a file's name holds no NUL character");
        StoredTrace trace = null!;
        Try(file, () => trace = setting.Scope.Traces.Get(file.Text()));
        TraceHashes.Add(trace.ContentHash);
        return new TraceStep(trace.Trace, writes?.Share() ?? 0);
    }

    private LoopStep Loop(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting times = map.Require("times", "10"), program = map.Require("program", "[...]");
        map.Close();
        long rounds = times.Whole(1, MostReferences);
        string[] before = [.. regions.Names];
        IReadOnlyList<ProgramStep> steps = Bind(program, regions);
        // A round that leaves other regions than it found may fail the second time: bind it again, as the second round would find things.
        if (rounds > 1 && !before.SequenceEqual(regions.Names)) new ProgramBinder().Bind(program, regions);
        if (steps.Sum(step => (double)step.References) * rounds > MostReferences) throw times.Error($"the loop makes more than {MostReferences:0e0} references");
        return new LoopStep(rounds, steps);
    }

    private CloneStep Clone(Setting setting, RegionScope regions)
    {
        MapReader map = setting.Map();
        Setting threadsAt = map.Require("threads", "4"), program = map.Require("program", "[...]");
        map.Close();
        HasThreads = true;
        int threads = (int)threadsAt.Whole(1, MostThreads);
        RegionScope own = regions.Fork();
        IReadOnlyList<ProgramStep> steps = Bind(program, own);
        string[] gone = [.. regions.Names.Except(own.Names)];
        if (gone.Length > 0) throw program.Error($"a thread unmaps '{gone[0]}', which it did not map; unmap it after the join");
        if (steps.Sum(step => (double)step.References) * threads > MostReferences) throw threadsAt.Error($"the threads make more than {MostReferences:0e0} references");
        return new CloneStep(threads, steps);
    }

    private static void Try(Setting setting, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is PolicyOptionException or TraceFormatException)
        {
            throw setting.Error(e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw setting.Error($"there is no file '{setting.Text()}'; a trace's name is relative to the study's directory");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw setting.Error($"'{setting.Text()}' cannot be read: {e.Message}");
        }
    }
}
