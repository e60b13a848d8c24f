using System;

namespace Sim.Core.Engine;

/// <summary>
/// A 4-ary implicit heap of events in (time, sequence) order: half as deep as a binary one, and the four children of an event lie side by side.
/// <code>
///   children of i:  4i+1  4i+2  4i+3  4i+4        parent of i:  (i-1)/4
/// </code>
/// <para>D. B. Johnson, "Priority queues with update and finding minimum spanning trees", Information Processing Letters 4(3), 1975.</para>
/// </summary>
internal sealed class EventHeap
{
    private const int Arity = 4;
    private Event[] _events = [];

    /// <summary>Events in the heap.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest event of a heap that is not empty.</summary>
    public ref readonly Event First => ref _events[0];

    /// <summary>Makes room for <paramref name="capacity"/> events in all.</summary>
    public void Reserve(int capacity) => Array.Resize(ref _events, capacity);

    /// <summary>Forgets all events.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds an event. There is room.</summary>
    public void Push(in Event added)
    {
        int place = Count++;
        while (place > 0)
        {
            int parent = (place - 1) / Arity;
            if (!added.IsBefore(_events[parent])) break;
            _events[place] = _events[parent];
            place = parent;
        }
        _events[place] = added;
    }

    /// <summary>Takes the earliest event out of a heap that is not empty.</summary>
    public Event Pop()
    {
        Event first = _events[0];
        Event sunk = _events[--Count];
        int place = 0;
        for (int child = 1; child < Count; child = (Arity * place) + 1)
        {
            int earliest = child;
            int end = Math.Min(child + Arity, Count);
            for (int other = child + 1; other < end; other++)
            {
                if (_events[other].IsBefore(_events[earliest])) earliest = other;
            }
            if (!_events[earliest].IsBefore(sunk)) break;
            _events[place] = _events[earliest];
            place = earliest;
        }
        _events[place] = sunk;
        return first;
    }
}
