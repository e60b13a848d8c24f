using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Clock with a counter a page in place of a bit: a hit adds one, up to a maximum, the hand takes one away and evicts the first page whose
/// counter is 0. A new page enters just behind the hand.
/// <para>A. J. Smith, "Sequentiality and prefetching in database systems", ACM Transactions on Database Systems 3(3), 1978; V. F. Nicola, A. Dan,
/// D. M. Dias, "Analysis of the generalized clock buffer replacement scheme for database transaction processing", ACM SIGMETRICS 1992.</para>
/// <para>Defaults: those of PostgreSQL's buffer manager, a usage count of 1 when a page is loaded and 5 at most.</para>
/// </summary>
[Paper("Clock with counters: a hit adds one, the hand takes one away and evicts the first page at 0; told of every access.",
    "A. J. Smith, Sequentiality and prefetching in database systems, ACM Transactions on Database Systems 3(3), 1978; V. F. Nicola, A. Dan, D. M. Dias, Analysis of the generalized clock buffer replacement scheme for database transaction processing, ACM SIGMETRICS 1992")]
public struct Gclock : IReclaimPolicy, IPolicy<Gclock, GclockOptions>
{
    private FrameLists _ring;
    private FrameArray<byte> _count;
    private byte _maximum, _initial;
    private int _hand;
    private int _resident;

    public static string Name => "reclaim/gclock";

    public static Gclock Create(GclockOptions options, PolicyContext context)
    {
        if (options.Initial > options.Maximum)
            throw new PolicyOptionException($"initial is {options.Initial}, above the maximum of {options.Maximum}");
        var ring = new FrameLists(context.Frames, 1);
        return new Gclock
        {
            _ring = ring,
            _count = new FrameArray<byte>(context.Frames),
            _maximum = (byte)options.Maximum,
            _initial = (byte)options.Initial,
            _hand = ring.Sentinel(0),
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void OnAccess(FrameNumber folio)
    {
        ref byte count = ref _count[folio.Value];
        if (count < _maximum) count++;
    }

    public readonly void OnFault(PageIdentity page, Shadow shadow)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _ring.InsertNewerThan(_hand, folio.Value);
        _count[folio.Value] = _initial;
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
        if (_hand == folio.Value) _hand = _ring.Older(_hand);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        if (_hand == folio.Value) _hand = _ring.Older(_hand);
        _ring.Remove(folio.Value);
        _resident--;
    }

    /// <summary>The hand rests on the last victim named, so that the page that takes its frame stands where it stood.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        int wanted = Math.Min(victims.Length, _resident);
        int count = 0;
        int hand = _hand;
        int sentinel = _ring.Sentinel(0);
        while (count < wanted)
        {
            if (hand != sentinel)
            {
                if (_count[hand] > 0) _count[hand]--;
                else
                {
                    victims[count++] = new FrameNumber(hand);
                    if (count == wanted) break;
                }
            }
            hand = _ring.Older(hand);
            if (count > 0 && hand == victims[0].Value) break;
        }
        _hand = hand;
        return count;
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in the ring", _ring.CheckedCount(0), _resident);
        for (int frame = _ring.Oldest(0); frame != _ring.Sentinel(0); frame = _ring.Newer(frame)) Books.AtMost($"count of {frame}", _count[frame], _maximum);
    }
}

/// <summary>Options of <see cref="Gclock"/>.</summary>
public sealed record GclockOptions
{
    [Option("The largest count", Minimum = 1, Maximum = 255)]
    public int Maximum { get; init; } = 5;

    [Option("The count of a page that has just been loaded", Minimum = 0, Maximum = 255)]
    public int Initial { get; init; } = 1;
}
