namespace Sim.Core.Contracts;

/// <summary>Whoever can be put to sleep until a transfer ends.</summary>
public interface IWaitingTask
{
    /// <summary>The task may run again. Called at the time of the event that woke it.</summary>
    void Wake();
}
