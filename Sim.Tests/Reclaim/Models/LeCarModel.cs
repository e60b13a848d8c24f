using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Engine;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Algorithms 1 and 2 of the LeCaR paper, drawing from the stream that the policy draws from.</summary>
internal sealed class LeCarModel(int n) : IPaperModel
{
    private readonly List<Page> _cache = [], _lruHistory = [], _lfuHistory = [];
    private RandomStream _random = new(1);
    private double _lruWeight = 0.5;
    private long _t;

    public ulong? Reference(ulong id)
    {
        _t++;
        Page? page = _cache.Find(p => p.Id == id);
        if (page is not null)
        {
            page.References++;
            page.UsedAt = _t;
            return null;
        }
        page = Remembered(_lruHistory, id, lruWasWrong: true) ?? Remembered(_lfuHistory, id, lruWasWrong: false) ?? new Page { Id = id };
        ulong? victim = _cache.Count == n ? Evict() : null;
        page.References++;
        page.UsedAt = _t;
        _cache.Add(page);
        return victim;
    }

    private ulong Evict()
    {
        bool byLru = _random.NextDouble() < _lruWeight;
        Page victim = byLru ? _cache.MinBy(p => p.UsedAt)! : _cache.OrderBy(p => p.References).ThenBy(p => p.UsedAt).First();
        List<Page> history = byLru ? _lruHistory : _lfuHistory;
        if (history.Count == Math.Max(1, n / 2)) history.RemoveAt(0);
        _cache.Remove(victim);
        victim.EvictedAt = _t;
        history.Add(victim);
        return victim.Id;
    }

    private Page? Remembered(List<Page> history, ulong id, bool lruWasWrong)
    {
        Page? page = history.Find(p => p.Id == id);
        if (page is null) return null;
        history.Remove(page);
        double factor = Math.Exp(0.45 * Math.Exp(Math.Log(0.005) / n * (_t - page.EvictedAt)));
        double lru = lruWasWrong ? _lruWeight : _lruWeight * factor, lfu = lruWasWrong ? (1 - _lruWeight) * factor : 1 - _lruWeight;
        _lruWeight = Math.Clamp(lru / (lru + lfu), 0.01, 0.99);
        return page;
    }

    private sealed class Page
    {
        public ulong Id;
        public long References;
        public long UsedAt;
        public long EvictedAt;
    }
}
