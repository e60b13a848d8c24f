using System.Collections.Generic;
using System.Linq;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Figure 2.1 of the LRU-K paper; ties, among them all pages with fewer than K references, go by the last reference.</summary>
internal sealed class LruKModel(int frames, int k, long correlatedPeriod, long retainedPeriod) : IPaperModel
{
    private readonly HashSet<ulong> _buffer = [];
    private readonly Dictionary<ulong, long[]> _hist = [];
    private readonly Dictionary<ulong, long> _last = [];
    private long _t;

    public ulong? Reference(ulong page)
    {
        _t++;
        if (_buffer.Contains(page))
        {
            if (_t - _last[page] > correlatedPeriod)
            {
                long correlated = _last[page] - _hist[page][0];
                for (int i = k - 1; i > 0; i--) _hist[page][i] = _hist[page][i - 1] == 0 ? 0 : _hist[page][i - 1] + correlated;
                _hist[page][0] = _t;
            }
            _last[page] = _t;
            return null;
        }
        ulong? victim = null;
        if (_buffer.Count == frames)
        {
            ulong[] eligible = [.. _buffer.Where(q => _t - _last[q] > correlatedPeriod)];
            victim = eligible.Length > 0
                ? eligible.OrderBy(q => _hist[q][k - 1]).ThenBy(q => _last[q]).First()
                : _buffer.OrderBy(q => _last[q]).First();
            _buffer.Remove(victim.Value);
        }
        if (_last.TryGetValue(page, out long last) && _t - last > retainedPeriod) _hist.Remove(page);
        if (!_hist.TryGetValue(page, out long[]? hist)) _hist[page] = hist = new long[k];
        for (int i = k - 1; i > 0; i--) hist[i] = hist[i - 1];
        hist[0] = _t;
        _last[page] = _t;
        _buffer.Add(page);
        return victim;
    }
}
