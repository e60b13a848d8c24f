using System;
using System.Collections.Generic;
using Sim.Core.Units;

namespace Sim.Lab.Curves;

/// <summary>
/// Times between references to the same page, from which the working set of every window follows, in one pass and with 8 bytes a page. Times are in references.
/// P. J. Denning, S. C. Schwartz, "Properties of the working-set model", CACM 15(3), 1972;
/// P. J. Denning, D. R. Slutz, "Generalized working sets for segment reference strings", CACM 21(9), 1978.
/// </summary>
public sealed class ReuseIntervals
{
    private const int PrefetchDistance = 16;
    private readonly long[] _counts = new long[LogarithmicGrid.Count];
    private readonly long[] _sums = new long[LogarithmicGrid.Count];
    private readonly List<FootprintPoint> _footprint = [];
    private FrameArray<long> _lastUse = new(1 << 15); // plus 1; 0 is a page that was not yet referenced
    private int _nextPoint = 1;

    /// <summary>References so far.</summary>
    public long References { get; private set; }

    /// <summary>Different pages so far.</summary>
    public long Pages { get; private set; }

    /// <summary>The next references.</summary>
    /// <param name="references">Dense page numbers.</param>
    /// <param name="pages">All numbers so far are below this.</param>
    public void Run(ReadOnlySpan<uint> references, long pages)
    {
        if (pages > _lastUse.Length) _lastUse = _lastUse.Grown(Math.Max(2 * _lastUse.Length, pages));
        while (references.Length > 0)
        {
            int part = (int)Math.Min(references.Length, LogarithmicGrid.PointAt(_nextPoint) - References);
            RunPart(references[..part]);
            references = references[part..];
            if (References != LogarithmicGrid.PointAt(_nextPoint)) continue;
            _footprint.Add(new FootprintPoint(References, Pages));
            _nextPoint++;
        }
    }

    /// <summary>Different pages among the first n references, for the n of the grid and the whole trace.</summary>
    public IReadOnlyList<FootprintPoint> Footprint() =>
        _footprint.Count > 0 && _footprint[^1].References == References ? _footprint : [.. _footprint, new FootprintPoint(References, Pages)];

    /// <summary>
    /// The working set for the windows of the grid up to the length of the trace. A page stays in it for min(window, time to its next reference) after each
    /// of its references, and after the last one to the end of the trace at most; so
    /// <code>
    /// mean size  s(tau) = sum over references of min(tau, interval to the next, or to the end) / length
    /// miss ratio m(tau) = (references whose interval since the last exceeds tau, first references among them) / length
    /// </code>
    /// </summary>
    public IReadOnlyList<WorkingSetPoint> WorkingSets()
    {
        var tails = new long[LogarithmicGrid.Count];
        var tailSums = new long[LogarithmicGrid.Count];
        for (long page = 0; page < _lastUse.Length; page++)
        {
            if (_lastUse[page] == 0) continue;
            long tail = References - _lastUse[page] + 1;
            tails[LogarithmicGrid.IndexOf(tail)]++;
            tailSums[LogarithmicGrid.IndexOf(tail)] += tail;
        }

        var curve = new List<WorkingSetPoint>();
        long longer = References - Pages, longerTails = Pages;
        double shorterSum = 0;
        for (int index = 0; index < LogarithmicGrid.Count; index++)
        {
            long window = LogarithmicGrid.PointAt(index);
            longer -= _counts[index];
            longerTails -= tails[index];
            shorterSum += _sums[index] + tailSums[index];
            double size = (shorterSum + ((double)window * (longer + longerTails))) / References;
            curve.Add(new WorkingSetPoint(window, size, (double)(longer + Pages) / References));
            if (window >= References) break;
        }
        return curve;
    }

    private void RunPart(ReadOnlySpan<uint> references)
    {
        long now = References;
        for (int i = 0; i < references.Length; i++)
        {
            if (i + PrefetchDistance < references.Length) _lastUse.Prefetch(references[i + PrefetchDistance]);
            ref long lastUse = ref _lastUse[(long)references[i]];
            now++;
            if (lastUse == 0) Pages++;
            else
            {
                int index = LogarithmicGrid.IndexOf(now - lastUse);
                _counts[index]++;
                _sums[index] += now - lastUse;
            }
            lastUse = now;
        }
        References = now;
    }
}
