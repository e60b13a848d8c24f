namespace Sim.Core.Metrics;

/// <summary>What a CPU spends its time on. For each CPU the categories sum exactly to the elapsed time.</summary>
public enum TimeCategory
{
    /// <summary>The program's own references and computing.</summary>
    User,

    /// <summary>TLB levels below the first, and page walks.</summary>
    Translation,

    /// <summary>The page-fault handler, without reclaim.</summary>
    PageFault,

    /// <summary>System calls.</summary>
    SystemCall,

    /// <summary>Direct reclaim.</summary>
    Reclaim,

    /// <summary>Choosing and switching tasks.</summary>
    Scheduling,

    /// <summary>Kernel threads.</summary>
    KernelThread,

    /// <summary>Device and inter-processor interrupts.</summary>
    Interrupt,

    /// <summary>Waiting for other CPUs to acknowledge a TLB shootdown.</summary>
    Shootdown,

    /// <summary>Nothing to run.</summary>
    Idle,

    /// <summary>fork: what is copied or shared at once, and the child's kernel objects.</summary>
    Fork,
}
