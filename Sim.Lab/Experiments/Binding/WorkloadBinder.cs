using System.Collections.Generic;
using System.Linq;
using Sim.Core.Machines;
using Sim.Core.Processes;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds workload: the processes, and the kernel threads beside them.</summary>
internal static class WorkloadBinder
{
    private const int MostProcesses = 10_000;
    private static readonly SimTime ShortestPeriod = SimTime.FromMicroseconds(1);
    private static readonly SimTime Longest = SimTime.FromSeconds(86_400);

    /// <summary>Days that a workload may arrive, compute and sleep; simulated time itself ends after 106.</summary>
    private const double MostDays = 30;

    /// <summary>The processes and the kernel threads, each in the order of the study.</summary>
    public static (IReadOnlyList<BoundProcess> Processes, IReadOnlyList<KernelThreadSpec> KernelThreads) Bind(Setting setting)
    {
        var processes = new List<BoundProcess>();
        var kernelThreads = new List<KernelThreadSpec>();
        foreach (Setting item in setting.Items())
        {
            string[] names = [.. processes.Select(process => process.Name), .. kernelThreads.Select(thread => thread.Name)];
            if (item.Node is MapNode map && map.Find("kernel-thread") is not null) kernelThreads.Add(BindKernelThread(item, names));
            else processes.Add(BindProcess(item, names));
        }
        if (processes.Count == 0) throw setting.Error("there is no process; a run ends with its last process, and kernel threads alone never would");
        double instances = processes.Sum(process => process.Count * (1 + process.Steps.Sum(step => step.Processes)));
        if (instances > MostProcesses) throw setting.Error($"there are {instances} processes; at most {MostProcesses} run");
        double days = processes.Sum(SecondsOf) / Longest.Seconds;
        if (days > MostDays) throw setting.Error($"it arrives, computes and sleeps for {days:0} days of simulated time; at most {MostDays} are simulated");
        return (processes, kernelThreads);
    }

    private static double SecondsOf(BoundProcess process) =>
        process.Arrival.Seconds + process.Count * (process.Every.Seconds + process.Steps.Sum(step => step.Seconds));

    private static KernelThreadSpec BindKernelThread(Setting setting, string[] others)
    {
        MapReader map = setting.Map();
        Setting name = map.Require("kernel-thread", "flusher"), everyAt = map.Require("every", "5ms"), runAt = map.Require("run", "50us");
        map.Close();
        SimTime every = everyAt.Time(ShortestPeriod, Longest), run = runAt.Time(SimTime.Zero, Longest);
        return new KernelThreadSpec(NameOf(name, others), () => new PeriodicWork(every, run));
    }

    private static BoundProcess BindProcess(Setting setting, string[] others)
    {
        MapReader map = setting.Map();
        Setting nameAt = map.Require("process", "db");
        Setting? count = map.Find("count"), arrival = map.Find("arrival"), every = map.Find("every");
        Setting? nice = map.Find("nice"), priority = map.Find("priority");
        Setting program = map.Require("program", "[...]");
        map.Close();
        string name = NameOf(nameAt, others);
        var binder = new ProgramBinder();
        IReadOnlyList<ProgramStep> steps = binder.Bind(program, new RegionScope());
        return new BoundProcess
        {
            Name = name,
            Count = (int)(count?.Whole(1, MostProcesses) ?? 1),
            Arrival = arrival?.Time(SimTime.Zero, Longest) ?? SimTime.Zero,
            Every = every?.Time(SimTime.Zero, Longest) ?? SimTime.Zero,
            Nice = nice is null ? 0 : (int)nice.Whole(Process.LowestNice, Process.HighestNice),
            Priority = priority is null ? 0 : (int)priority.Whole(0, Process.HighestPriority),
            Steps = steps,
            References = steps.Sum(step => step.References),
            OwnReferences = steps.Sum(step => step.OwnReferences),
            HasChildren = binder.HasChildren,
            HasSharedMemory = binder.HasSharedMemory,
            HasThreads = binder.HasThreads,
            HasHugePages = binder.HasHugePages,
            MovesRegions = binder.MovesRegions,
            TraceHashes = binder.TraceHashes,
        };
    }

    private static string NameOf(Setting setting, string[] others)
    {
        string name = setting.Text();
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || char.IsAsciiDigit(name[0]))
            throw setting.Error($"'{name}' is not a name; it is made of letters, digits, '-' and '_', and does not begin with a digit");
        return !others.Contains(name) ? name : throw setting.Error($"there is a process '{name}' already; use count for several alike");
    }
}
