namespace Sim.Core.Processes;

/// <summary>What a task is doing.</summary>
public enum TaskState
{
    /// <summary>Waiting for a CPU.</summary>
    Runnable,

    /// <summary>On a CPU.</summary>
    Running,

    /// <summary>Asleep until something wakes it.</summary>
    Blocked,

    /// <summary>Ended.</summary>
    Dead,
}
