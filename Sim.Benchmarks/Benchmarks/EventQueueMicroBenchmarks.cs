using BenchmarkDotNet.Attributes;
using Sim.Core.Engine;
using Sim.Core.Units;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>One hold operation in absolute time, for work on the queue itself: the verb micro.</summary>
[MemoryDiagnoser]
public class EventQueueMicroBenchmarks
{
    private const int Operations = 4096;
    private readonly EventQueue _queue = new();
    private RandomStream _random = new(1);

    /// <summary>Events that are pending throughout.</summary>
    [Params(16, 64, 1000, 100_000)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (int i = 0; i < Pending; i++) _queue.Schedule(After(SimTime.Zero), 0, i);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Hold()
    {
        for (int i = 0; i < Operations; i++)
        {
            Event next = _queue.Dequeue();
            _queue.Schedule(After(next.Time), 0, next.Argument);
        }
    }

    private SimTime After(SimTime time) => new(time.Picoseconds + (long)_random.Below(1_000_000));
}
