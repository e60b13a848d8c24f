namespace Sim.Core.Machines;

/// <summary>Whose turn it is after a system call.</summary>
internal enum Turn
{
    /// <summary>The task goes on.</summary>
    Stays,

    /// <summary>The task lets others go first.</summary>
    Yields,

    /// <summary>The task sleeps; the call is done.</summary>
    Sleeps,

    /// <summary>The task sleeps; the call goes on when it wakes.</summary>
    WaitsToGoOn,
}
