using System;
using System.Collections.Generic;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Figure 2 of the CAR paper, line by line. Index 0 is a clock's head or a list's least recently used end.</summary>
internal sealed class CarModel(int c) : IPaperModel
{
    private readonly List<ulong> _t1 = [], _t2 = [], _b1 = [], _b2 = [];
    private readonly HashSet<ulong> _referenced = [];
    private double _p;

    public ulong? Reference(ulong x)
    {
        if (_t1.Contains(x) || _t2.Contains(x))
        {
            _referenced.Add(x);
            return null;
        }
        ulong? victim = null;
        bool inB1 = _b1.Contains(x), inB2 = _b2.Contains(x);
        if (_t1.Count + _t2.Count == c)
        {
            victim = Replace();
            if (!inB1 && !inB2 && _t1.Count + _b1.Count == c) _b1.RemoveAt(0);
            else if (!inB1 && !inB2 && _t1.Count + _t2.Count + _b1.Count + _b2.Count == 2 * c) _b2.RemoveAt(0);
        }
        if (!inB1 && !inB2) _t1.Add(x);
        else if (inB1)
        {
            _p = Math.Min(_p + Math.Max(1, (double)_b2.Count / _b1.Count), c);
            _b1.Remove(x);
            _t2.Add(x);
        }
        else
        {
            _p = Math.Max(_p - Math.Max(1, (double)_b1.Count / _b2.Count), 0);
            _b2.Remove(x);
            _t2.Add(x);
        }
        return victim;
    }

    private ulong Replace()
    {
        while (true)
        {
            bool fromT1 = _t1.Count >= Math.Max(1, _p);
            List<ulong> clock = fromT1 ? _t1 : _t2;
            ulong head = clock[0];
            clock.RemoveAt(0);
            if (!_referenced.Remove(head))
            {
                (fromT1 ? _b1 : _b2).Add(head);
                return head;
            }
            _t2.Add(head);
        }
    }
}
