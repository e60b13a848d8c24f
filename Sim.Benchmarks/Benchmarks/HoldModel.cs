using System.Collections.Generic;
using Sim.Benchmarks.Harness;
using Sim.Core.Engine;
using Sim.Core.Units;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// The hold model: a queue with a constant number of pending events; each operation takes the next and schedules it again, a drawn
/// span later. The spans are drawn beforehand, so that only the queue is measured.
/// <para>D. W. Jones, "An empirical comparison of priority-queue and event-set implementations", CACM 29(4), 1986.</para>
/// </summary>
internal sealed class HoldModel(int pending, int operations, long[] spans)
{
    private int _ownNext;
    private int _runtimeNext;

    /// <summary>The event queue. It stays from round to round.</summary>
    public Contender Own(string name)
    {
        var queue = new EventQueue();
        for (int i = 0; i < pending; i++) queue.Schedule(new SimTime(Span(ref _ownNext)), 0, i);
        return new Contender(name, () => () =>
        {
            for (int i = 0; i < operations; i++)
            {
                Event next = queue.Dequeue();
                queue.Schedule(new SimTime(next.Time.Picoseconds + Span(ref _ownNext)), next.Kind, next.Argument);
            }
            return operations;
        });
    }

    /// <summary>The runtime's own queue with the same key.</summary>
    public Contender Runtime()
    {
        var queue = new PriorityQueue<int, (long, ulong)>(pending);
        ulong sequence = 0;
        for (int i = 0; i < pending; i++) queue.Enqueue(i, (Span(ref _runtimeNext), sequence++));
        return new Contender("PriorityQueue", () => () =>
        {
            for (int i = 0; i < operations; i++)
            {
                queue.TryDequeue(out int argument, out (long Time, ulong) key);
                queue.Enqueue(argument, (key.Time + Span(ref _runtimeNext), sequence++));
            }
            return operations;
        });
    }

    private long Span(ref int next) => spans[next++ & (spans.Length - 1)];
}
