using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Section 4 of the CLOCK-Pro paper over a plain list. A hand is the page it points to; the list wraps around.</summary>
internal sealed class ClockProModel(int m) : IPaperModel
{
    private readonly List<Page> _list = [];
    private Page? _handHot, _handCold, _handTest;
    private int _coldTarget = Math.Max(1, m / 100);
    private bool _hasEvicted;

    public ulong? Reference(ulong id)
    {
        Page? page = _list.Find(p => p.Id == id);
        if (page is { IsResident: true })
        {
            page.Bit = true;
            return null;
        }
        if (page is not null)
        {
            Remove(page);
            Reward();
        }
        ulong? victim = null;
        if (_list.Count(p => p.IsResident) == m)
        {
            Page evicted = HandCold();
            while (Hot > 0 && Hot + (page is null ? 0 : 1) > m - _coldTarget) HandHot();
            victim = evicted.Id;
            Evict(evicted);
            _hasEvicted = true;
        }
        bool isHot = page is not null || (!_hasEvicted && Hot < m - _coldTarget);
        InsertAtHead(new Page { Id = id, IsResident = true, IsHot = isHot, InTest = !isHot });
        return victim;
    }

    private int Hot => _list.Count(p => p.IsHot);

    private Page HandCold()
    {
        while (true)
        {
            if (!_list.Any(p => p.IsResident && !p.IsHot)) HandHot();
            _handCold ??= _list[0];
            while (!_handCold!.IsResident || _handCold.IsHot) _handCold = Next(_handCold);
            Page page = _handCold;
            if (!page.Bit) return page;
            page.Bit = false;
            bool becomesHot = page.InTest;
            Remove(page);
            page.IsHot = becomesHot;
            page.InTest = !becomesHot;
            if (becomesHot) Reward();
            InsertAtHead(page);
            while (becomesHot && Hot > m - _coldTarget) HandHot();
        }
    }

    private void HandHot()
    {
        _handHot ??= _list[0];
        while (true)
        {
            Page page = _handHot!;
            _handHot = Next(page);
            if (!page.IsHot) EndTest(page);
            else if (page.Bit) page.Bit = false;
            else
            {
                page.IsHot = false;
                break;
            }
        }
        while (Hot > 0 && !_handHot!.IsHot)
        {
            Page page = _handHot;
            _handHot = Next(page);
            EndTest(page);
        }
    }

    private void Evict(Page page)
    {
        if (!page.InTest)
        {
            Remove(page);
            return;
        }
        page.IsResident = false;
        if (_handCold == page) _handCold = Next(page);
        while (_list.Count(p => !p.IsResident) > m)
        {
            _handTest ??= _list[0];
            Page tested = _handTest;
            _handTest = Next(tested);
            if (!tested.IsHot) EndTest(tested);
        }
    }

    private void EndTest(Page page)
    {
        if (!page.InTest) return;
        page.InTest = false;
        _coldTarget = Math.Max(1, _coldTarget - 1);
        if (!page.IsResident) Remove(page);
    }

    private void Reward() => _coldTarget = Math.Min(Math.Max(1, m - 1), _coldTarget + 1);

    /// <summary>Just before the hot hand, which will come to it last. The list's own ends mean nothing once there is a hand.</summary>
    private void InsertAtHead(Page page)
    {
        if (_handHot is null) _list.Add(page);
        else _list.Insert(_list.IndexOf(_handHot), page);
    }

    private void Remove(Page page)
    {
        Page? next = _list.Count > 1 ? Next(page) : null;
        if (_handHot == page) _handHot = next;
        if (_handCold == page) _handCold = next;
        if (_handTest == page) _handTest = next;
        _list.Remove(page);
    }

    private Page Next(Page page) => _list[(_list.IndexOf(page) + 1) % _list.Count];

    private sealed class Page
    {
        public ulong Id;
        public bool IsResident;
        public bool IsHot;
        public bool InTest;
        public bool Bit;
    }
}
