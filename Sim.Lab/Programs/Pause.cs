namespace Sim.Lab.Programs;

/// <summary>Why a replayed process stopped for others.</summary>
internal enum Pause
{
    /// <summary>It has no more records.</summary>
    Ended,

    /// <summary>It forked: the child has a copy of its memory.</summary>
    Forked,

    /// <summary>It forked a child that runs in its memory, while it waits for the child to leave it: vfork.</summary>
    Lent,

    /// <summary>It left the memory of its parent, for an image of its own.</summary>
    Left,

    /// <summary>It learnt of the end of a child.</summary>
    Waited,
}
