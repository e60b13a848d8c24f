namespace Sim.Core.Machines;

/// <summary>Why a CPU is not running its task's own code.</summary>
internal enum StopReason
{
    /// <summary>It is: it has only reached its horizon.</summary>
    None,

    /// <summary>It has no task.</summary>
    Idle,

    /// <summary>An access needs the page-fault handler.</summary>
    Fault,

    /// <summary>The task asks for something.</summary>
    SystemCall,

    /// <summary>The quantum is over.</summary>
    QuantumEnd,

    /// <summary>An access has made the policy want pages gone.</summary>
    Surplus,
}
