using System.Collections.Generic;
using System.Linq;
using Sim.Core.Units;
using Sim.Workloads.Programs;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds workload: the processes.</summary>
internal static class WorkloadBinder
{
    private const int MostProcesses = 10_000;
    private static readonly SimTime Longest = SimTime.FromSeconds(86_400);

    /// <summary>Days that a workload may arrive, compute and sleep; simulated time itself ends after 106.</summary>
    private const double MostDays = 30;

    /// <summary>The processes, in the order of the study.</summary>
    public static IReadOnlyList<BoundProcess> Bind(Setting setting)
    {
        var processes = new List<BoundProcess>();
        foreach (Setting item in setting.Items()) processes.Add(Process(item, processes));
        int instances = processes.Sum(process => process.Count);
        if (instances > MostProcesses) throw setting.Error($"there are {instances} processes; at most {MostProcesses} run");
        double days = processes.Sum(SecondsOf) / Longest.Seconds;
        if (days > MostDays) throw setting.Error($"it arrives, computes and sleeps for {days:0} days of simulated time; at most {MostDays} are simulated");
        return processes;
    }

    private static double SecondsOf(BoundProcess process) =>
        process.Arrival.Seconds + process.Count * (process.Every.Seconds + process.Steps.Sum(step => step.Seconds));

    private static BoundProcess Process(Setting setting, List<BoundProcess> others)
    {
        MapReader map = setting.Map();
        Setting nameAt = map.Require("process", "db");
        Setting? count = map.Find("count"), arrival = map.Find("arrival"), every = map.Find("every");
        Setting program = map.Require("program", "[...]");
        map.Close();
        string name = nameAt.Text();
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || char.IsAsciiDigit(name[0]))
            throw nameAt.Error($"'{name}' is not a name; it is made of letters, digits, '-' and '_', and does not begin with a digit");
        if (others.Any(other => other.Name == name)) throw nameAt.Error($"there is a process '{name}' already; use count for several alike");
        var binder = new ProgramBinder();
        IReadOnlyList<ProgramStep> steps = binder.Bind(program, new RegionScope());
        return new BoundProcess
        {
            Name = name,
            Count = (int)(count?.Whole(1, MostProcesses) ?? 1),
            Arrival = arrival?.Time(SimTime.Zero, Longest) ?? SimTime.Zero,
            Every = every?.Time(SimTime.Zero, Longest) ?? SimTime.Zero,
            Steps = steps,
            References = steps.Sum(step => step.References),
            HasThreads = binder.HasThreads,
            HasHugePages = binder.HasHugePages,
            MovesRegions = binder.MovesRegions,
            TraceHashes = binder.TraceHashes,
        };
    }
}
