using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// A queue in order of loading with one bit a page, and a hand that moves from the oldest page to the newest: it clears the bit of a page that
/// was used and leaves the page where it stands, and evicts the first that was not. Unlike with clock, a new page always enters at the newest
/// end, so pages that were spared and pages that are new do not mix.
/// <code>
///   newest  H  G  F  E  D  C  B  A  oldest         &lt;-- the hand; past the newest it begins again at the oldest
/// </code>
/// <para>Y. Zhang, J. Yang, Y. Yue, Y. Vigfusson, K. V. Rashmi, "SIEVE is simpler than LRU: an efficient turn-key eviction algorithm for web
/// caches", USENIX NSDI 2024, algorithm 1. The access that loads a page does not set its bit, as there.</para>
/// </summary>
[Paper("A hand passes a queue from old to new, spares pages that were used where they stand, and evicts the first that was not.",
    "Y. Zhang, J. Yang, Y. Yue, Y. Vigfusson, K. V. Rashmi, SIEVE is simpler than LRU: an efficient turn-key eviction algorithm for web caches, USENIX NSDI 2024")]
public struct Sieve : IReclaimPolicy, IPolicy<Sieve, NoOptions>
{
    private FrameLists _queue;
    private int _hand;
    private int _resident;

    public static string Name => "reclaim/sieve";

    public static Sieve Create(NoOptions options, PolicyContext context)
    {
        var queue = new FrameLists(context.Frames, 1);
        return new Sieve { _queue = queue, _hand = queue.Sentinel(0) };
    }

    public static AccessView View => AccessView.AccessedBit;

    public readonly void OnAccess(FrameNumber folio)
    {
    }

    public readonly void OnFault(PageIdentity page, Shadow shadow)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _queue.PushNewest(0, folio.Value);
        _resident++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    /// <summary>The hand passes on; the page is met again after a full turn.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        if (_hand == folio.Value) _hand = _queue.Newer(_hand);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        if (_hand == folio.Value) _hand = _queue.Newer(_hand);
        _queue.Remove(folio.Value);
        _resident--;
    }

    /// <summary>The hand rests on the last victim named.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        int wanted = Math.Min(victims.Length, _resident);
        int count = 0;
        int hand = _hand;
        int sentinel = _queue.Sentinel(0);
        while (count < wanted)
        {
            if (hand != sentinel && !accessedBits.TestAndClear(new FrameNumber(hand)))
            {
                victims[count++] = new FrameNumber(hand);
                if (count == wanted) break;
            }
            hand = _queue.Newer(hand);
            if (count > 0 && hand == victims[0].Value) break;
        }
        _hand = hand;
        return count;
    }

    public readonly void CheckInvariants() => Books.Balance("pages in the queue", _queue.CheckedCount(0), _resident);
}
