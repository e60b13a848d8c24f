namespace Sim.Core.Engine;

/// <summary>One rung of an <see cref="EventLadder"/>: buckets of equal width over a stretch of time, the past ones empty.</summary>
internal struct Rung
{
    /// <summary>Where bucket 0 begins.</summary>
    public ulong Start;

    /// <summary>A bucket is 2^Shift picoseconds wide, so that finding one takes no division.</summary>
    public int Shift;

    /// <summary>The first bucket that has not been emptied.</summary>
    public int Current;

    /// <summary>Buckets.</summary>
    public int Buckets;

    /// <summary>Events in all buckets.</summary>
    public int Count;

    /// <summary>Where the first bucket that has not been emptied begins.</summary>
    public readonly ulong Next => Start + ((ulong)Current << Shift);

    /// <summary>Where the last bucket ends.</summary>
    public readonly ulong End => Start + ((ulong)Buckets << Shift);
}
