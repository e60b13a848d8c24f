using System.Collections.Generic;
using Sim.Core.Hardware;

namespace Sim.Tests.Hardware;

/// <summary>One set of a TLB, written for clarity: for lru and fifo a list, newest first; for tree-plru ways and a recursive tree of directions.</summary>
internal sealed class TlbSetModel(int ways, TlbReplacement replacement)
{
    private const ulong NoKey = 0;
    private readonly List<ulong> _newestFirst = [];
    private readonly ulong[] _ways = new ulong[ways];
    private readonly Dictionary<(int From, int To), bool> _pointsRight = [];

    private bool IsTree => replacement == TlbReplacement.TreePlru;

    public IEnumerable<ulong> Keys => IsTree ? System.Array.FindAll(_ways, key => key != NoKey) : _newestFirst;

    public bool Lookup(ulong key)
    {
        if (!IsTree)
        {
            if (!_newestFirst.Contains(key)) return false;
            if (replacement == TlbReplacement.Lru) Renew(key);
            return true;
        }
        int way = System.Array.IndexOf(_ways, key);
        if (way >= 0) PointAway(way);
        return way >= 0;
    }

    public void Insert(ulong key)
    {
        if (!IsTree)
        {
            Renew(key);
            if (_newestFirst.Count > ways) _newestFirst.RemoveAt(ways);
            return;
        }
        int way = System.Array.IndexOf(_ways, key);
        if (way < 0) way = System.Array.IndexOf(_ways, NoKey);
        if (way < 0) way = Victim(0, ways);
        _ways[way] = key;
        PointAway(way);
    }

    public void RemoveAll(System.Predicate<ulong> isGone)
    {
        _newestFirst.RemoveAll(isGone);
        for (int way = 0; way < ways; way++)
        {
            if (_ways[way] != NoKey && isGone(_ways[way])) _ways[way] = NoKey;
        }
    }

    private void Renew(ulong key)
    {
        _newestFirst.Remove(key);
        _newestFirst.Insert(0, key);
    }

    private int Victim(int from, int to)
    {
        if (to - from == 1) return from;
        int middle = (from + to) / 2;
        return _pointsRight.GetValueOrDefault((from, to)) ? Victim(middle, to) : Victim(from, middle);
    }

    private void PointAway(int way)
    {
        for ((int from, int to) = (0, ways); to - from > 1;)
        {
            int middle = (from + to) / 2;
            _pointsRight[(from, to)] = way < middle;
            (from, to) = way < middle ? (from, middle) : (middle, to);
        }
    }
}
