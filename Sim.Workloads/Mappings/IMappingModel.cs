namespace Sim.Workloads.Mappings;

/// <summary>
/// What a program does to its address space: an endless stream of calls, with references in between. The same seed gives the same stream; no result of a call
/// changes it.
/// </summary>
public interface IMappingModel
{
    /// <summary>The next call.</summary>
    MappingCall Next();

    /// <summary>A reference to a page that is mapped after the last call and permits it.</summary>
    MappedPage Reference();
}
