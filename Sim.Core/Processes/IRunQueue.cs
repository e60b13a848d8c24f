namespace Sim.Core.Processes;

/// <summary>Where tasks go that can run.</summary>
public interface IRunQueue
{
    /// <summary>A task that slept can run from now on.</summary>
    void MakeRunnable(SimTask task);
}
