namespace Sim.Policies.Structures;

/// <summary>The differences between a process's last accesses, and what has the majority among them.</summary>
/// <param name="length">Differences that are kept.</param>
public sealed class AccessHistory(int length)
{
    private readonly long[] _differences = new long[length];
    private long _last;
    private long _accesses;

    /// <summary>The last trend that was found; one page on before the first.</summary>
    public long Trend { get; private set; } = 1;

    /// <summary>Pages read ahead at the last fault.</summary>
    public int Window { get; set; }

    /// <summary>Pages read ahead that were used since.</summary>
    public int Hits { get; set; }

    /// <summary>Adds an access and returns its difference to the one before; to 0 for the first.</summary>
    public long Add(long page)
    {
        long difference = page - _last;
        _differences[_accesses++ % length] = difference;
        _last = page;
        return difference;
    }

    /// <summary>Looks for a trend: in one part of <paramref name="split"/> of the history, and where that has none in twice as much, up to all.</summary>
    public bool TryFindTrend(int split)
    {
        for (int window = length / split; window <= length; window *= 2)
        {
            if (!TryFindMajority(window, out long majority)) continue;
            Trend = majority;
            return true;
        }
        return false;
    }

    /// <summary>The vote of Boyer and Moore among the newest, and a count whether who won it has more than half.</summary>
    private bool TryFindMajority(int window, out long majority)
    {
        majority = 0;
        int votes = 0, count = 0;
        for (int back = 1; back <= window; back++)
        {
            if (votes == 0) majority = Newest(back);
            votes += Newest(back) == majority ? 1 : -1;
        }
        for (int back = 1; back <= window; back++)
        {
            if (Newest(back) == majority) count++;
        }
        return count > window / 2 && majority != 0;
    }

    /// <summary>Before the first access there are differences of 0, which is no trend.</summary>
    private long Newest(int back) => back <= _accesses ? _differences[(_accesses - back) % length] : 0;
}
