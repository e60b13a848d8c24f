using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Units;
using Sim.Workloads.Synthetic;
using Sim.Workloads.Traces;

namespace Sim.Workloads.Programs;

/// <summary>One step of a program, as an experiment writes it.</summary>
public abstract record ProgramStep
{
    /// <summary>References that all tasks make together when the step is executed once, children among them.</summary>
    public virtual long References => 0;

    /// <summary>Those of them that the process itself makes.</summary>
    public virtual long OwnReferences => References;

    /// <summary>Children, and theirs, that it starts.</summary>
    public virtual double Processes => 0;

    /// <summary>Seconds that all tasks together compute and sleep when the step is executed once.</summary>
    public virtual double Seconds => 0;
}

/// <summary>Maps anonymous memory under a name; populated, it has all its pages from the start.</summary>
public sealed record MapStep(string Name, long Pages, PageSize PageSize, bool IsPopulated = false) : ProgramStep;

/// <summary>Maps a part of a file under a name.</summary>
/// <param name="Name">The region's name.</param>
/// <param name="Pages">Its length.</param>
/// <param name="File">The file's number, from 0.</param>
/// <param name="Offset">The file's page at its start.</param>
/// <param name="Protection">Read 1, write 2.</param>
/// <param name="Flags">mmap's.</param>
public sealed record MapFileStep(string Name, long Pages, int File, long Offset, int Protection, int Flags) : ProgramStep;

/// <summary>A call on a file: read, write, fsync, ftruncate or posix_fadvise.</summary>
/// <param name="Kind">The call.</param>
/// <param name="File">The file's number, from 0.</param>
/// <param name="First">The byte at which it begins; the new length of a file that is truncated.</param>
/// <param name="Bytes">How many bytes it reads or writes.</param>
public sealed record FileCallStep(TaskStepKind Kind, int File, long First, long Bytes) : ProgramStep;

/// <summary>Maps a System V segment under a name: memory that all who have its key, and children, share. Key 0 is a segment that only children get.</summary>
public sealed record AttachStep(string Name, long Pages, int Key) : ProgramStep;

/// <summary>Unmaps a whole named region.</summary>
public sealed record UnmapStep(string Name) : ProgramStep;

/// <summary>Grows the heap, or shrinks it by a negative number of pages; the heap is a region under the given name.</summary>
public sealed record BreakStep(string Name, long Pages) : ProgramStep;

/// <summary>A call on a part of a region that leaves it where it is: mprotect, madvise, mlock, munlock or msync.</summary>
/// <param name="Kind">The call.</param>
/// <param name="Name">The region.</param>
/// <param name="Offset">Pages from its start to the part's.</param>
/// <param name="Pages">Pages of the part.</param>
/// <param name="Protection">mprotect: read 1, write 2, execute 4.</param>
/// <param name="Flags">madvise: the advice; mlock: 1 is MLOCK_ONFAULT.</param>
public sealed record RegionCallStep(TaskStepKind Kind, string Name, long Offset, long Pages, int Protection, int Flags) : ProgramStep;

/// <summary>mremap: gives a region another size, elsewhere if need be.</summary>
public sealed record RemapStep(string Name, long Pages) : ProgramStep;

/// <summary>References to a region, drawn from a model.</summary>
/// <param name="Region">The region's name.</param>
/// <param name="Model">The model.</param>
/// <param name="Count">References.</param>
/// <param name="WriteShare">The share of stores, drawn independently for each reference.</param>
public sealed record AccessStep(string Region, ModelSpec Model, long Count, double WriteShare) : ProgramStep
{
    public override long References => Count;
}

/// <summary>The references of a recorded page string, to a region of its own that is mapped when the step is first executed.</summary>
/// <param name="Trace">The string.</param>
/// <param name="WriteShare">The share of stores, drawn independently for each reference.</param>
public sealed record TraceStep(PageTrace Trace, double WriteShare) : ProgramStep
{
    public override long References => Trace.References.Length;
}

/// <summary>Calls on mappings, drawn from a model, each followed by some references.</summary>
/// <param name="Model">The model.</param>
/// <param name="Count">Calls.</param>
/// <param name="Touches">References after each call.</param>
public sealed record MappingsStep(ModelSpec Model, long Count, int Touches) : ProgramStep
{
    public override long References => Count * Touches;
}

/// <summary>Computing without memory references.</summary>
public sealed record ComputeStep(SimTime Time) : ProgramStep
{
    public override double Seconds => Time.Seconds;
}

/// <summary>Sleeping.</summary>
public sealed record SleepStep(SimTime Time) : ProgramStep
{
    public override double Seconds => Time.Seconds;
}

/// <summary>Repeats steps. Models go on where they stopped.</summary>
public sealed record LoopStep(long Times, IReadOnlyList<ProgramStep> Steps) : ProgramStep
{
    public override long References => Times * Steps.Sum(step => step.References);

    public override long OwnReferences => Times * Steps.Sum(step => step.OwnReferences);

    public override double Processes => Times * Steps.Sum(step => step.Processes);

    public override double Seconds => Times * Steps.Sum(step => step.Seconds);
}

/// <summary>Starts threads that share the address space and the regions' names.</summary>
public sealed record CloneStep(int Threads, IReadOnlyList<ProgramStep> Steps) : ProgramStep
{
    public override long References => Threads * Steps.Sum(step => step.References);

    public override long OwnReferences => Threads * Steps.Sum(step => step.OwnReferences);

    public override double Processes => Threads * Steps.Sum(step => step.Processes);

    public override double Seconds => Threads * Steps.Sum(step => step.Seconds);
}

/// <summary>Waits until all other threads have ended.</summary>
public sealed record JoinStep : ProgramStep;

/// <summary>Ends the thread.</summary>
public sealed record ExitStep : ProgramStep;
