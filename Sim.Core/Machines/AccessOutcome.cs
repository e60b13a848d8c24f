namespace Sim.Core.Machines;

/// <summary>What becomes of one access to memory.</summary>
public enum AccessOutcome
{
    /// <summary>It succeeds.</summary>
    Done,

    /// <summary>Nothing is mapped there, or not for this: SIGSEGV.</summary>
    SegmentationFault,

    /// <summary>The file has no such page: SIGBUS.</summary>
    BusError,
}
