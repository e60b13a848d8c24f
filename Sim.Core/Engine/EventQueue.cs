using System.Collections.Generic;
using Sim.Core.Units;
namespace Sim.Core.Engine;
public sealed class EventQueue
{
    private readonly PriorityQueue<Event, (long, ulong)> _q = new();
    private ulong _seq;
    public int Count => _q.Count;
    public SimTime NextTime => _q.TryPeek(out Event e, out _) ? e.Time : SimTime.Never;
    public void Schedule(SimTime time, int kind, int argument) { var e = new Event(time, _seq++, kind, argument); _q.Enqueue(e, (time.Picoseconds, e.Sequence)); }
    public Event Dequeue() => _q.Dequeue();
}
