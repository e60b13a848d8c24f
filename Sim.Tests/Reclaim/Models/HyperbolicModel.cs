using System.Collections.Generic;
using System.Linq;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Hyperbolic caching that looks at every page.</summary>
internal sealed class HyperbolicModel(int frames) : IPaperModel
{
    private readonly Dictionary<ulong, (int References, long LoadedAt)> _pages = [];
    private long _now;

    public ulong? Reference(ulong page)
    {
        _now++;
        if (_pages.TryGetValue(page, out var use))
        {
            _pages[page] = (use.References + 1, use.LoadedAt);
            return null;
        }
        ulong? victim = null;
        if (_pages.Count == frames)
        {
            victim = _pages.OrderBy(pair => (double)pair.Value.References / (_now - pair.Value.LoadedAt)).ThenBy(pair => pair.Value.LoadedAt).First().Key;
            _pages.Remove(victim.Value);
        }
        _pages.Add(page, (1, _now));
        return victim;
    }
}
