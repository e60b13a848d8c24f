using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Processes;

/// <summary>A process: an address space and the tasks that run in it.</summary>
public sealed class Process(int id, string name)
{
    /// <summary>Its number, from 0 in the order of the experiment, children behind them in the order of their births.</summary>
    public int Id { get; } = id;

    /// <summary>Its name in the experiment, with a number where there are several; a child's is its parent's with /child-0 and so on behind it.</summary>
    public string Name { get; } = name;

    /// <summary>The least value of <see cref="Nice"/>, for those that get most.</summary>
    public const int LowestNice = -20;

    /// <summary>The greatest value of <see cref="Nice"/>.</summary>
    public const int HighestNice = 19;

    /// <summary>The greatest value of <see cref="Priority"/>.</summary>
    public const int HighestPriority = 99;

    /// <summary>How much it leaves to others where CPUs are shared by weight, -20 to 19.</summary>
    public int Nice { get; init; }

    /// <summary>What goes first where tasks run until they block, 0 to 99.</summary>
    public int Priority { get; init; }

    /// <summary>Its address space; null before it starts and after it ends.</summary>
    public Mm? Mm { get; internal set; }

    /// <summary>All its tasks, dead ones too.</summary>
    public List<SimTask> Tasks { get; } = [];

    /// <summary>Its first task: the leader of its threads.</summary>
    public SimTask Leader => Tasks[0];

    /// <summary>Its signal_struct, sighand_struct and files_struct.</summary>
    internal KernelAddress[] Objects { get; init; } = new KernelAddress[3];

    /// <summary>Whether fork made it.</summary>
    public bool IsForked { get; init; }

    /// <summary>Who waits for its end; null for a process of the experiment, and for an orphan, which init reaps at once.</summary>
    public Process? Parent { get; internal set; }

    /// <summary>Its children that have not been reaped, the oldest first.</summary>
    public List<Process> Children { get; } = [];

    /// <summary>Children that it ever had: the next one's number in its name.</summary>
    public int ForkedChildren { get; internal set; }

    /// <summary>Whether it has ended and not been reaped: its task, its pid and its signals are still there.</summary>
    public bool IsZombie { get; internal set; }

    /// <summary>The parent's task that sleeps while this process runs in its address space: vfork.</summary>
    internal SimTask? Lender { get; set; }

    /// <summary>Tasks that have not ended.</summary>
    public int LiveTasks { get; internal set; }

    /// <summary>What it has counted since it started.</summary>
    public CounterSet Counters { get; } = new();

    /// <summary>References after which its counts are measured.</summary>
    public long WarmupReferences { get; internal set; }

    /// <summary>What it had counted when its warm-up was over; null until then.</summary>
    public CounterSet? AtWarm { get; internal set; }

    /// <summary>When it started.</summary>
    public SimTime Started { get; internal set; } = SimTime.Never;

    /// <summary>When it ended.</summary>
    public SimTime Ended { get; internal set; } = SimTime.Never;

    /// <summary>When its warm-up was over.</summary>
    public SimTime WarmAt { get; internal set; } = SimTime.Never;

    /// <summary>Most pages ever resident.</summary>
    public long PeakResidentPages { get; internal set; }

    /// <summary>Most page-table pages, the root aside.</summary>
    public long PeakTablePages { get; internal set; }

    /// <summary>Most mappings ever.</summary>
    public int PeakMappings { get; internal set; }

    /// <summary>Mappings when it ended.</summary>
    public int MappingsAtExit { get; internal set; }

    /// <summary>Why it was killed, or the call whose failure it gave up over; null when it ended by itself.</summary>
    public string? KilledBy { get; internal set; }

    /// <summary>Whether a process that was killed was so by another one's program, which meant it.</summary>
    public bool IsKilledOnPurpose { get; internal set; }

    /// <summary>Notes what an address space that it leaves came to at most.</summary>
    internal void NotePeaks(Mm mm)
    {
        PeakResidentPages = Math.Max(PeakResidentPages, mm.PeakResidentPages);
        PeakTablePages = Math.Max(PeakTablePages, mm.PageTable.PeakTablePages);
        PeakMappings = Math.Max(PeakMappings, mm.Vmas.Peak);
        MappingsAtExit = mm.Vmas.Count;
    }

    /// <summary>What was counted after the warm-up; nothing before its end.</summary>
    public CounterSet Measured => AtWarm is null ? new CounterSet() : Counters.Since(AtWarm);
}
