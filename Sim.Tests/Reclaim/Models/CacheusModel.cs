using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Engine;
using Sim.Policies.Structures;

namespace Sim.Tests.Reclaim.Models;

/// <summary>CACHEUS over plain lists, oldest first; the learning rate has its own tests.</summary>
internal sealed class CacheusModel : IPaperModel
{
    private readonly List<Page> _reuse = [], _scanResistant = [], _lruHistory = [], _lfuHistory = [];
    private readonly int _c;
    private RandomStream _random = new(1);
    private AdaptiveRate _rate;
    private double _lruWeight = 0.5;
    private int _reuseLimit;
    private long _t;

    public CacheusModel(int c)
    {
        _c = c;
        _rate = new AdaptiveRate(c);
        _reuseLimit = c - Math.Max(1, (int)(0.01 * c + 0.5));
    }

    private int NewInHistory => _lruHistory.Count(page => page.IsNew);

    private int Demoted => _scanResistant.Count(page => page.IsDemoted);

    public ulong? Reference(ulong id)
    {
        _t++;
        _rate.Pass(ref _random);
        if (_reuse.Concat(_scanResistant).FirstOrDefault(page => page.Id == id) is { } resident)
        {
            Hit(resident);
            return null;
        }
        bool isFull = _reuse.Count + _scanResistant.Count >= _c;
        Page? known = _lruHistory.Concat(_lfuHistory).FirstOrDefault(page => page.Id == id);
        if (known is null) return Miss(id, isFull);
        bool lruWasWrong = _lruHistory.Contains(known);
        bool wasNew = known.IsNew;
        (lruWasWrong ? _lruHistory : _lfuHistory).Remove(known);
        if (lruWasWrong && wasNew) ShortenReuse();
        double lru = _lruWeight, lfu = 1 - _lruWeight;
        if (lruWasWrong) lru *= Math.Exp(-_rate.Value);
        else lfu *= Math.Exp(-_rate.Value);
        _lruWeight = Math.Clamp(lru / (lru + lfu), 0.01, 0.99);
        ulong? victim = isFull ? Evict() : null;
        _reuse.Add(new Page { Id = id, References = known.References, UsedAt = _t });
        LimitReuse();
        return victim;
    }

    private void Hit(Page page)
    {
        _rate.Hit();
        page.References++;
        page.UsedAt = _t;
        if (_reuse.Remove(page))
        {
            _reuse.Add(page);
            return;
        }
        if (page.IsDemoted) _reuseLimit = Math.Min(_c - 1, _reuseLimit + Step(NewInHistory, Demoted));
        page.IsDemoted = false;
        _scanResistant.Remove(page);
        if (_reuse.Count >= _reuseLimit && _reuse.Count > 0) Demote();
        _reuse.Add(page);
    }

    private ulong? Miss(ulong id, bool isFull)
    {
        var page = new Page { Id = id, References = 1, UsedAt = _t };
        if (_reuse.Count < _reuseLimit && _scanResistant.Count == 0) _reuse.Add(page);
        else if (!isFull && _scanResistant.Count < _c - _reuseLimit) _scanResistant.Add(page);
        else
        {
            ulong? victim = isFull ? Evict() : null;
            // With SR empty after the eviction and room in R, the next page goes to R as in an empty memory.
            bool toReuse = _reuse.Count < _reuseLimit && _scanResistant.Count == 0;
            page.IsNew = !toReuse;
            (toReuse ? _reuse : _scanResistant).Add(page);
            if (page.IsNew) LimitReuse();
            return victim;
        }
        return null;
    }

    private ulong Evict()
    {
        Page lru = (_scanResistant.Count > 0 ? _scanResistant : _reuse)[0];
        Page lfu = _reuse.Concat(_scanResistant).OrderBy(page => page.References).ThenByDescending(page => page.UsedAt).First();
        bool byLru = _random.NextDouble() < _lruWeight;
        Page victim = byLru ? lru : lfu;
        if (!_reuse.Remove(victim)) _scanResistant.Remove(victim);
        if (lru == lfu) return victim.Id;
        List<Page> history = byLru ? _lruHistory : _lfuHistory;
        if (history.Count == Math.Max(1, _c / 2)) history.RemoveAt(0);
        history.Add(victim);
        return victim.Id;
    }

    private void LimitReuse()
    {
        while (_reuse.Count >= _reuseLimit && _reuse.Count > 0) Demote();
    }

    private void Demote()
    {
        Page oldest = _reuse[0];
        _reuse.RemoveAt(0);
        oldest.IsDemoted = true;
        _scanResistant.Add(oldest);
    }

    private void ShortenReuse() => _reuseLimit = _c - Math.Min(_c - 1, _c - _reuseLimit + Step(Demoted, NewInHistory));

    private static int Step(int many, int few) => Math.Max(1, (int)((double)many / Math.Max(1, few) + 0.5));

    private sealed class Page
    {
        public ulong Id;
        public long References;
        public long UsedAt;
        public bool IsNew;
        public bool IsDemoted;
    }
}
