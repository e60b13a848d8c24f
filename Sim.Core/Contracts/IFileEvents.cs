using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>What the page cache asks of the engine.</summary>
public interface IFileEvents
{
    /// <summary>The device of the files will be done with a request at a time.</summary>
    void ScheduleRequestDone(SimTime time, int request);

    /// <summary>A file has something to be written back, for the first time since nothing did.</summary>
    void OnFirstDirty(SimTime now);

    /// <summary>A task has made a page dirty. True where too many are: it is to sleep, and is woken when enough have been written back.</summary>
    bool MustWaitForWriteback(IWaitingTask task, SimTime now);
}
