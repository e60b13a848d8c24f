namespace Sim.Core.Metrics;

/// <summary>What is counted. Names in results are the kernel's own where it has one: see <see cref="CounterNames"/>.</summary>
public enum Counter
{
    References,
    Pgfault,
    Pgmajfault,
    PageInsertions,
    TlbFirstLevelMisses,
    TlbMisses,
    WalkReferences,
    Pswpin,
    Pswpout,
    PgscanDirect,
    PgstealDirect,
    Allocstall,
    WorkingsetRefaultAnon,
    PgtablePagesAllocated,
    TlbLocalFlushAll,
    TlbLocalFlushOne,
    TlbRemoteFlush,
    TlbRemoteFlushReceived,
    ContextSwitches,
    SystemCalls,
    MappingCalls,
    VmaMerges,
    VmaSplits,
    SegmentationFaults,
    OomKill,
}
