using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Tests.Reclaim.Models;

/// <summary>EELRU over a plain list, with a half-life of one reference, so that every sum comes out exactly as the policy's does.</summary>
internal sealed class EeLruModel(int m, double queue, int points) : IPaperModel
{
    private readonly List<(ulong Page, bool IsResident)> _order = [];
    private readonly List<int> _positions = [];
    private readonly int _ghosts = (int)Math.Ceiling((queue - 1) * m);

    public ulong? Reference(ulong page)
    {
        int index = _order.FindIndex(entry => entry.Page == page);
        bool isHit = index >= 0 && _order[index].IsResident;
        if (index >= 0)
        {
            if (index + 1 > Early().Min()) _positions.Add(index + 1);
            _order.RemoveAt(index);
        }
        ulong? victim = !isHit && _order.Count(entry => entry.IsResident) == m ? Evict() : null;
        _order.Insert(0, (page, true));
        return victim;
    }

    private IEnumerable<int> Early() => Enumerable.Range(1, points).Select(i => Math.Max(1, m * i / (points + 1))).Where(e => e < m).Append(m);

    private IEnumerable<int> Late() => Enumerable.Range(1, points).Select(i => m + _ghosts * i / points).Where(l => l > m);

    private ulong Evict()
    {
        int[] early = [.. Early().Distinct()], late = [.. Late().Distinct()];
        var best = (Gain: 0.0, Early: 0, Late: 0);
        double lruHits = 0;
        for (int e = early.Length - 2; e >= 0; e--)
        {
            lruHits += Hits(early[e], early[e + 1]);
            double total = lruHits;
            for (int l = 0; l < late.Length; l++)
            {
                total += Hits(l == 0 ? m : late[l - 1], late[l]);
                double gain = total * (m - early[e]) / (late[l] - early[e]) - lruHits;
                if (gain > best.Gain) best = (gain, early[e], late[l]);
            }
        }
        int victim = _order.FindLastIndex(entry => entry.IsResident);
        if (best.Early > 0 && victim + 1 <= best.Late)
        {
            int first = _order.FindIndex(best.Early - 1, entry => entry.IsResident);
            if (first >= 0) victim = first;
        }
        ulong page = _order[victim].Page;
        if (_order.Count(entry => !entry.IsResident) == _ghosts && _ghosts > 0) _order.RemoveAt(_order.FindLastIndex(entry => !entry.IsResident));
        victim = _order.FindIndex(entry => entry.Page == page);
        if (_ghosts == 0) _order.RemoveAt(victim);
        else _order[victim] = (page, false);
        return page;
    }

    /// <summary>References to positions in (from, to], each half of what the next one counts.</summary>
    private double Hits(int from, int to)
    {
        double hits = 0;
        for (int i = 0; i < _positions.Count; i++)
        {
            if (_positions[i] > from && _positions[i] <= to) hits += Math.Pow(2, i - _positions.Count);
        }
        return hits;
    }
}
