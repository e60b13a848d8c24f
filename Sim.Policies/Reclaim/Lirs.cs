using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Low inter-reference recency set. Pages whose last two uses lay close together (LIR) keep nearly all frames; the others (HIR) pass through
/// a short queue Q. The stack S holds LIR pages and the HIR pages used since the least recent LIR one, resident or not, by recency: a HIR page
/// that is used while in S has the smaller inter-reference recency and takes the place of the LIR page at the bottom.
/// <code>
///   S   top  L H L h L H L L  bottom           L LIR, H resident HIR, h ghost of an evicted HIR; the bottom is always LIR
///   Q   newest  D H H  oldest: the victim      D a LIR page that has just been demoted
/// </code>
/// <para>S. Jiang, X. Zhang, "LIRS: an efficient low inter-reference recency set replacement policy to improve buffer cache performance", ACM
/// SIGMETRICS 2002. Names as there. The paper leaves the length of S open; here ghosts are dropped, the longest evicted first, while S is longer
/// than a multiple of the frames.</para>
/// <para>The variant libcachesim does what that simulator does: a hit on a page of Q alone first demotes the bottom LIR page, whereby the oldest
/// page of a full Q is evicted although no room is needed, and the next new page becomes LIR.</para>
/// </summary>
[Paper("Keeps the pages whose last two uses lay close together; the others pass through a short queue; told of every access.",
    "S. Jiang, X. Zhang, LIRS: an efficient low inter-reference recency set replacement policy to improve buffer cache performance, ACM SIGMETRICS 2002")]
public struct Lirs : IProactiveReclaim, IPolicy<Lirs, LirsOptions>
{
    private const byte Lir = 1, InStack = 2;

    /// <summary>S: frames, and ghosts from <see cref="_frames"/> on. Q: frames.</summary>
    private FrameLists _stack, _queue;
    private GhostLists _ghosts;
    private FrameArray<byte> _stateOf;
    private int _frames, _lirLimit, _hirLimit, _stackLimit;
    private int _lirs, _hirs, _inStack, _ghostCount, _putBack;
    private bool _demotesOnQueueHit, _overflows, _insertAsLir;

    public static string Name => "reclaim/lirs";

    public static Lirs Create(LirsOptions options, PolicyContext context)
    {
        int hirLimit = Math.Clamp((int)(options.Hir * context.Capacity), 1, context.Capacity);
        int stackLimit = (int)Math.Min(options.Stack * context.Capacity, int.MaxValue / 4);
        var ghosts = new GhostLists(stackLimit + 1, 1);
        return new Lirs
        {
            _stack = new FrameLists(context.Frames + ghosts.Capacity, 1),
            _queue = new FrameLists(context.Frames, 1),
            _ghosts = ghosts,
            _stateOf = new FrameArray<byte>(context.Frames),
            _frames = context.Frames,
            _hirLimit = hirLimit,
            _lirLimit = context.Capacity - hirLimit,
            _stackLimit = stackLimit,
            // With one place in Q that page is the one hit: the peer loses count of it, here it stays as in the paper.
            _demotesOnQueueHit = options.Variant == LirsVariant.Libcachesim && hirLimit > 1,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        int frame = folio.Value;
        byte state = _stateOf[frame];
        if ((state & Lir) != 0)
        {
            bool wasBottom = _stack.Oldest(0) == frame;
            _stack.MoveToNewest(0, frame);
            if (wasBottom) Prune();
        }
        else if ((state & InStack) != 0)
        {
            _stack.MoveToNewest(0, frame);
            _queue.Remove(frame);
            _hirs--;
            MakeLir(frame);
        }
        else HitInQueueAlone(frame);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFault(PageIdentity page, Shadow shadow)
    {
        (_putBack, _overflows) = (0, false);
        int ghost = _ghosts.Find(page, shadow);
        _insertAsLir = ghost >= 0;
        if (_insertAsLir) Forget(ghost);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        int frame = folio.Value;
        _stateOf[frame] = 0;
        if (_lirLimit > 0 && (_insertAsLir || _lirs < _lirLimit))
        {
            _stack.PushNewest(0, frame);
            _inStack++;
            MakeLir(frame);
        }
        else
        {
            _queue.PushNewest(0, frame);
            _hirs++;
            PushOnStack(frame);
        }
        _insertAsLir = false;
        LimitStack();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        int frame = folio.Value;
        if (_stateOf[frame] != InStack)
        {
            OnFree(folio);
            return Shadow.None;
        }
        _queue.Remove(frame);
        _hirs--;
        if (_ghostCount == _ghosts.Capacity) Forget(_ghosts.Oldest(0));
        Shadow shadow = _ghosts.PushNewest(0, page);
        _ghostCount++;
        _stack.Replace(frame, _frames + GhostLists.IndexOf(shadow));
        return shadow;
    }

    /// <summary>Keeps its place; for the rest of this fault the victims begin after it.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _putBack++;
        _overflows = false;
    }

    public void OnFree(FrameNumber folio)
    {
        int frame = folio.Value;
        byte state = _stateOf[frame];
        if ((state & InStack) != 0)
        {
            _stack.Remove(frame);
            _inStack--;
        }
        if ((state & Lir) != 0)
        {
            _lirs--;
            Prune();
            return;
        }
        _queue.Remove(frame);
        _hirs--;
    }

    /// <summary>In the variant, the page that the demotion of a LIR page has pushed out of a full Q.</summary>
    public readonly bool TrySelectSurplus(out FrameNumber folio)
    {
        folio = new FrameNumber(_queue.Oldest(0));
        return _overflows && _hirs > _hirLimit;
    }

    /// <summary>The oldest of Q; LIR pages from the bottom only where Q has no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_putBack >= _hirs + _lirs) _putBack = 0;
        int count = _queue.CopyOldest(0, victims, _putBack);
        return count == victims.Length ? count : AddLirVictims(victims, count);
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in Q", _queue.CheckedCount(0), _hirs);
        Books.Balance("pages and ghosts in S", _stack.CheckedCount(0), _inStack);
        Books.Balance("ghosts", _ghosts.CheckedCount(0), _ghostCount);
        Books.AtMost("pages and ghosts in S", _inStack, Math.Max(_stackLimit, _lirs + _hirs));
        Books.AtMost("LIR pages", _lirs, _lirLimit);
        int lirs = 0;
        for (int node = _stack.Oldest(0); node != _stack.Sentinel(0); node = _stack.Newer(node))
        {
            if (IsLir(node)) lirs++;
            else if (lirs == 0) throw new InvalidOperationException($"the bottom of S, {node}, is no LIR page");
        }
        Books.Balance("LIR pages in S", lirs, _lirs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool IsLir(int node) => node < _frames && (_stateOf[node] & Lir) != 0;

    private void HitInQueueAlone(int frame)
    {
        _queue.MoveToNewest(0, frame);
        if (_demotesOnQueueHit && _lirs == _lirLimit)
        {
            DemoteBottom();
            _overflows = true;
        }
        PushOnStack(frame);
        LimitStack();
    }

    /// <summary>Puts a HIR page at the top of S, but not where no LIR page would lie below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushOnStack(int frame)
    {
        if (_lirs == 0) return;
        _stack.PushNewest(0, frame);
        _inStack++;
        _stateOf[frame] = InStack;
    }

    /// <summary>Makes LIR a page that stands at the top of S and not in Q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MakeLir(int frame)
    {
        _stateOf[frame] = Lir | InStack;
        if (++_lirs > _lirLimit) DemoteBottom();
    }

    /// <summary>The LIR page at the bottom of S becomes a HIR page of Q.</summary>
    private void DemoteBottom()
    {
        int frame = _stack.Oldest(0);
        _stack.Remove(frame);
        _inStack--;
        _stateOf[frame] = 0;
        _lirs--;
        _queue.PushNewest(0, frame);
        _hirs++;
        Prune();
    }

    /// <summary>Takes what is not LIR off the bottom of S. Every page was pushed once for each time it is taken off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prune()
    {
        int sentinel = _stack.Sentinel(0);
        for (int node = _stack.Oldest(0); node != sentinel && !IsLir(node); node = _stack.Oldest(0))
        {
            if (node >= _frames) Forget(node - _frames);
            else
            {
                _stack.Remove(node);
                _inStack--;
                _stateOf[node] = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LimitStack()
    {
        while (_inStack > _stackLimit && _ghostCount > 0) Forget(_ghosts.Oldest(0));
    }

    private void Forget(int ghost)
    {
        _ghosts.Remove(ghost);
        _ghostCount--;
        _stack.Remove(_frames + ghost);
        _inStack--;
    }

    private readonly int AddLirVictims(scoped Span<FrameNumber> victims, int count)
    {
        int skipped = Math.Max(0, _putBack - _hirs);
        for (int node = _stack.Oldest(0); node != _stack.Sentinel(0) && count < victims.Length; node = _stack.Newer(node))
        {
            if (IsLir(node) && skipped-- <= 0) victims[count++] = new FrameNumber(node);
        }
        return count;
    }
}

/// <summary>Options of <see cref="Lirs"/>.</summary>
public sealed record LirsOptions
{
    /// <summary>The share of Q, rounded down, but never less than one frame.</summary>
    [Option("The share of the frames that HIR pages hold", Minimum = 0, Maximum = 1)]
    public double Hir { get; init; } = 0.01;

    /// <summary>The longest S.</summary>
    [Option("Pages and ghosts in the stack S, as a multiple of the frames", Minimum = 1, Maximum = 10)]
    public double Stack { get; init; } = 2;

    [Option("The paper's algorithm or that of libcachesim, which demotes a LIR page when a page of Q alone is hit")]
    public LirsVariant Variant { get; init; } = LirsVariant.Paper;
}

/// <summary>Whose LIRS.</summary>
public enum LirsVariant
{
    /// <summary>As published.</summary>
    Paper,

    /// <summary>As libCacheSim has it.</summary>
    Libcachesim,
}
