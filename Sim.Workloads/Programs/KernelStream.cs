using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Workloads.Programs;

/// <summary>One execution of a kernel step: says what to do next, and hears what came of it.</summary>
internal sealed class KernelStream(KernelStep step, ulong seed, Queue<long>? handOver)
{
    private readonly List<long> _live = [];
    private RandomStream _random = new(seed);
    private long _asked;
    private long _freesDue;
    private int _oldest;
    private bool _ends;

    /// <summary>The next allocation or free. False when the stream is over.</summary>
    public bool TryNext(out TaskStep next)
    {
        while (true)
        {
            if (_freesDue > 0 && Live > 0)
            {
                _freesDue--;
                long number = TakeOne();
                if (handOver is null)
                {
                    next = new TaskStep(TaskStepKind.KernelFree, number);
                    return true;
                }
                handOver.Enqueue(number);
                continue;
            }
            _freesDue = 0;
            if (_asked < step.Count)
            {
                _asked++;
                if (_asked % step.Burst == 0) _freesDue = Math.Max(0, Live + 1 - step.Live);
                next = new TaskStep(TaskStepKind.KernelAllocate, DrawSize(), (long)step.Request);
                return true;
            }
            next = default;
            if (_ends) return false;
            _ends = true;
            _freesDue = (long)Math.Round(Live * (1 - step.KeepShare));
        }
    }

    /// <summary>An allocation was made, or, negative, was not.</summary>
    public void OnAllocated(long number)
    {
        if (number >= 0) _live.Add(number);
    }

    private long Live => _live.Count - _oldest;

    private long DrawSize()
    {
        if (step.Least == step.Most) return step.Least;
        if (step.Sizes == SizeDistribution.Uniform) return step.Least + (long)_random.Below((ulong)(step.Most - step.Least + 1));
        return (long)Math.Round(step.Least * Math.Pow((double)step.Most / step.Least, _random.NextDouble()));
    }

    private long TakeOne()
    {
        if (step.Lifetime == KernelLifetime.Fifo)
        {
            long oldest = _live[_oldest++];
            // The front of the list is cut off when it is half of it.
            if (_oldest * 2 >= _live.Count)
            {
                _live.RemoveRange(0, _oldest);
                _oldest = 0;
            }
            return oldest;
        }
        int index = step.Lifetime == KernelLifetime.Lifo ? _live.Count - 1 : (int)_random.Below((ulong)_live.Count);
        long number = _live[index];
        _live[index] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
        return number;
    }
}
