using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Multi-queue. Queue Q[k] holds, in LRU order, pages referenced 2^k to 2^(k+1) - 1 times; the oldest page of the lowest queue goes. A
/// page that has not been referenced for a lifetime sinks one queue. Qout remembers how often evicted pages had been referenced.
/// <code>
///   Q[m-1] >= 2^(m-1) times | ... | Q[1] 2..3 | Q[0] once | -> evicted -> | Qout: counts, first in first out |
/// </code>
/// <para>Y. Zhou, J. F. Philbin, K. Li, "The multi-queue replacement algorithm for second level buffer caches", USENIX ATC 2001.</para>
/// </summary>
[Paper("LRU queues by the logarithm of the reference count; idle pages sink; evicted pages' counts are remembered; told of every access.",
    "Y. Zhou, J. F. Philbin, K. Li, The multi-queue replacement algorithm for second level buffer caches, USENIX ATC 2001")]
public struct MultiQueue : IReclaimPolicy, IPolicy<MultiQueue, MultiQueueOptions>
{
    private FrameLists _queues;
    private FrameArray<State> _states;
    private GhostLists _out;
    private FrameArray<int> _outCounts;
    private ulong _rememberedPage;
    private int _rememberedCount;
    private int _topQueue;
    private long _lifetime;
    private long _now;
    private long _nextExpiry;
    private int _resident;
    private int _outCount;

    public static string Name => "reclaim/mq";

    public static MultiQueue Create(MultiQueueOptions options, PolicyContext context)
    {
        var history = new GhostLists((int)Math.Min(Math.Ceiling(options.History * context.Capacity), int.MaxValue), 1);
        return new MultiQueue
        {
            _queues = new FrameLists(context.Frames, options.Queues),
            _states = new FrameArray<State>(context.Frames),
            _out = history,
            _outCounts = new FrameArray<int>(history.Capacity),
            _topQueue = options.Queues - 1,
            _lifetime = Math.Max(1, (long)Math.Ceiling(options.Lifetime * context.Capacity)),
            _nextExpiry = long.MaxValue,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        ref State state = ref _states[folio.Value];
        if (state.References < int.MaxValue) state.References++;
        state.Queue = QueueOf(state.References);
        _queues.MoveToNewest(state.Queue, folio.Value);
        Renew(ref state);
        Adjust();
    }

    public void OnFault(PageIdentity page, Shadow shadow)
    {
        int ghost = _out.Find(page, shadow);
        if (ghost < 0) return;
        _rememberedPage = page.Value + 1;
        _rememberedCount = _outCounts[ghost];
        DropGhost(ghost);
    }

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        ref State state = ref _states[folio.Value];
        state.References = _rememberedPage == page.Value + 1 ? Math.Min(_rememberedCount, int.MaxValue - 1) + 1 : 1;
        _rememberedPage = 0;
        state.Queue = QueueOf(state.References);
        _queues.PushNewest(state.Queue, folio.Value);
        _resident++;
        Renew(ref state);
        Adjust();
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        if (_out.Capacity == 0) return Shadow.None;
        if (_outCount == _out.Capacity) DropGhost(_out.Oldest(0));
        Shadow shadow = _out.PushNewest(0, page);
        _outCount++;
        _outCounts[GhostLists.IndexOf(shadow)] = _states[folio.Value].References;
        return shadow;
    }

    /// <summary>One queue up, so that the only page of the lowest is not named again; it sinks if it stays idle.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        ref State state = ref _states[folio.Value];
        state.Queue = Math.Min(state.Queue + 1, _topQueue);
        _queues.MoveToNewest(state.Queue, folio.Value);
        Renew(ref state);
    }

    public void OnFree(FrameNumber folio)
    {
        _queues.Remove(folio.Value);
        _resident--;
    }

    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        int count = 0;
        for (int queue = 0; queue <= _topQueue && count < victims.Length; queue++) count += _queues.CopyOldest(queue, victims[count..]);
        return count;
    }

    public readonly void CheckInvariants()
    {
        int found = 0;
        for (int queue = 0; queue <= _topQueue; queue++) found += _queues.CheckedCount(queue);
        Books.Balance("pages in the queues", found, _resident);
        Books.Balance("pages in Qout", _out.CheckedCount(0), _outCount);
    }

    /// <summary>The paper's example of its QueueNum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int QueueOf(int references) => Math.Min(BitOperations.Log2((uint)references), _topQueue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Renew(ref State state)
    {
        state.Expiry = _now + _lifetime;
        if (state.Queue > 0) _nextExpiry = Math.Min(_nextExpiry, state.Expiry);
    }

    /// <summary>The oldest page of each queue sinks if it has expired. No expiry lies before the next one noted, so most calls end at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Adjust()
    {
        if (++_now > _nextExpiry) Sink();
    }

    private void Sink()
    {
        _nextExpiry = long.MaxValue;
        for (int queue = 1; queue <= _topQueue; queue++)
        {
            int oldest = _queues.Oldest(queue);
            if (oldest == _queues.Sentinel(queue)) continue;
            if (_states[oldest].Expiry < _now)
            {
                ref State state = ref _states[oldest];
                state.Queue = queue - 1;
                _queues.MoveToNewest(queue - 1, oldest);
                Renew(ref state);
                oldest = _queues.Oldest(queue);
                if (oldest == _queues.Sentinel(queue)) continue;
            }
            _nextExpiry = Math.Min(_nextExpiry, _states[oldest].Expiry);
        }
    }

    private void DropGhost(int ghost)
    {
        _out.Remove(ghost);
        _outCount--;
    }

    private struct State
    {
        public long Expiry;
        public int References;
        public int Queue;
    }
}

/// <summary>Options of <see cref="MultiQueue"/>.</summary>
public sealed record MultiQueueOptions
{
    /// <summary>The paper's m. 1 is LRU.</summary>
    [Option("LRU queues: m", Minimum = 1, Maximum = 31)]
    public int Queues { get; init; } = 8;

    /// <summary>Deviation: the paper measures the peak of the distribution of temporal distances; this is a constant, as its pseudo-code has it.</summary>
    [Option("References after which an idle page sinks one queue, as a multiple of the frames: lifeTime", Minimum = 0, Maximum = 1e6)]
    public double Lifetime { get; init; } = 1;

    /// <summary>The paper's Qout of four times the frames.</summary>
    [Option("Evicted pages whose counts are remembered, as a multiple of the frames: Qout", Minimum = 0, Maximum = 100)]
    public double History { get; init; } = 4;
}
