using System.Collections.Generic;
using System.Linq;

namespace Sim.Workloads.Programs;

/// <summary>Starts children, one after the other. Each has the regions' names and memory as the `fork` policy gives it.</summary>
public sealed record ForkStep(int Children, IReadOnlyList<ProgramStep> Steps) : ProgramStep
{
    public override long References => Children * Steps.Sum(step => step.References);

    public override long OwnReferences => 0;

    public override double Seconds => Children * Steps.Sum(step => step.Seconds);

    public override double Processes => Children * (1 + Steps.Sum(step => step.Processes));
}

/// <summary>Goes on with another program: everything mapped goes, and its image comes, whose parts are the regions code, data and bss.</summary>
/// <param name="CodePages">Pages of code, which cannot be stored to.</param>
/// <param name="DataPages">Pages of data.</param>
/// <param name="BssPages">Pages of data that begins as zeros.</param>
/// <param name="Steps">What the program does.</param>
public sealed record ExecStep(long CodePages, long DataPages, long BssPages, IReadOnlyList<ProgramStep> Steps) : ProgramStep
{
    public override long References => Steps.Sum(step => step.References);

    public override long OwnReferences => Steps.Sum(step => step.OwnReferences);

    public override double Seconds => Steps.Sum(step => step.Seconds);

    public override double Processes => Steps.Sum(step => step.Processes);
}

/// <summary>Waits until all children have ended, or one.</summary>
public sealed record WaitStep(bool ForAll) : ProgramStep;

/// <summary>Ends the process of a name, or without one all children.</summary>
public sealed record KillStep(string? Name) : ProgramStep;

/// <summary>References each of so many pages of a region once.</summary>
/// <param name="Region">The region's name.</param>
/// <param name="Count">Pages.</param>
/// <param name="IsRandom">Whether they are drawn, each page at most once; otherwise they are the region's first ones, in order.</param>
/// <param name="WriteShare">The share of stores, drawn independently for each reference.</param>
public sealed record TouchStep(string Region, long Count, bool IsRandom, double WriteShare) : ProgramStep
{
    public override long References => Count;
}
