using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Tests.Reclaim.Models;

/// <summary>Figure 5 of the MQ paper.</summary>
internal sealed class MultiQueueModel(int frames, int queues, int lifetime, int history) : IPaperModel
{
    private readonly List<Block>[] _queues = [.. Enumerable.Range(0, queues).Select(_ => new List<Block>())];
    private readonly List<Block> _out = [];
    private long _currentTime;

    public ulong? Reference(ulong page)
    {
        ulong? victim = null;
        Block? block = _queues.SelectMany(queue => queue).FirstOrDefault(b => b.Page == page);
        if (block is not null) _queues[block.Queue].Remove(block);
        else
        {
            // What is remembered is taken out before the victim goes in: in a full Qout the victim must not push out the very page.
            block = _out.FirstOrDefault(b => b.Page == page) ?? new Block { Page = page };
            _out.Remove(block);
            if (_queues.Sum(queue => queue.Count) == frames) victim = Evict();
        }
        block.References++;
        block.Queue = Math.Min((int)Math.Log2(block.References), queues - 1);
        _queues[block.Queue].Add(block);
        block.Expiry = _currentTime + lifetime;
        Adjust();
        return victim;
    }

    private ulong Evict()
    {
        List<Block> lowest = _queues.First(queue => queue.Count > 0);
        Block victim = lowest[0];
        lowest.RemoveAt(0);
        if (_out.Count == history) _out.RemoveAt(0);
        _out.Add(victim);
        return victim.Page;
    }

    private void Adjust()
    {
        _currentTime++;
        for (int k = 1; k < queues; k++)
        {
            if (_queues[k].Count == 0 || _queues[k][0].Expiry >= _currentTime) continue;
            Block head = _queues[k][0];
            _queues[k].RemoveAt(0);
            _queues[k - 1].Add(head);
            head.Queue = k - 1;
            head.Expiry = _currentTime + lifetime;
        }
    }

    private sealed class Block
    {
        public ulong Page;
        public int References;
        public int Queue;
        public long Expiry;
    }
}
