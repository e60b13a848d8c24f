using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Second chance. The pages stand in a ring; a hand passes over them, clears the accessed bit of those that have it set, and evicts
/// the first that has not. A new page enters just behind the hand.
/// <para>F. J. Corbató, "A paging experiment with the Multics system", MIT Project MAC report MAC-M-384, 1968.</para>
/// </summary>
[Paper("Second chance: a hand clears accessed bits and evicts the first page that has none.",
    "F. J. Corbató, A paging experiment with the Multics system, MIT Project MAC report MAC-M-384, 1968")]
public struct Clock : IReclaimPolicy, IPolicy<Clock, ClockOptions>
{
    private FrameLists _ring;
    private FrameArray<bool> _justLoaded;
    private bool _setOnLoad;
    private int _hand;
    private int _resident;

    public static string Name => "reclaim/clock";

    public static Clock Create(ClockOptions options, PolicyContext context)
    {
        var ring = new FrameLists(context.Frames, 1);
        return new Clock
        {
            _ring = ring,
            _justLoaded = new FrameArray<bool>(context.Frames),
            _setOnLoad = options.SetOnLoad,
            _hand = ring.Sentinel(0),
        };
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
        _ring.InsertNewerThan(_hand, folio.Value);
        _justLoaded[folio.Value] = _setOnLoad;
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
            // Every other page is passed without a branch: where the hand stops is what a processor guesses wrong (6.0 -> 5.5 ns a reference).
            int next = _ring.Older(hand);
            if (count == 0 && hand != sentinel && next != sentinel) hand += (next - hand) & -(Referenced(ref accessedBits, hand) ? 1 : 0);
            if (hand != sentinel && !Referenced(ref accessedBits, hand))
            {
                victims[count++] = new FrameNumber(hand);
                if (count == wanted) break;
            }
            hand = _ring.Older(hand);
            if (count > 0 && hand == victims[0].Value) break;
        }
        _hand = hand;
        return count;
    }

    public readonly void CheckInvariants() => Books.Balance("pages in the ring", _ring.CheckedCount(0), _resident);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Referenced<TBits>(ref TBits accessedBits, int frame)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        bool referenced = accessedBits.TestAndClear(new FrameNumber(frame)) | _justLoaded[frame];
        _justLoaded[frame] = false;
        return referenced;
    }
}

/// <summary>Options of <see cref="Clock"/>.</summary>
public sealed record ClockOptions : IRedirectsPolicy
{
    /// <summary>As hardware does: the access that loads a page sets its bit. Some simulators start with the bit clear.</summary>
    [Option("Whether the access that loads a page sets its accessed bit, as hardware does")]
    public bool SetOnLoad { get; init; } = true;

    /// <summary>More than one bit counts accesses, which no hardware does: that is <see cref="Gclock"/>, and sees every access.</summary>
    [Option("Bits of a page's counter; with more than one it is gclock with a maximum of 2^bits - 1, and sees every access", Minimum = 1, Maximum = 8)]
    public int Bits { get; init; } = 1;

    /// <inheritdoc/>
    public (Type Implementation, object Options)? Redirection => Bits == 1
        ? null
        : (typeof(Gclock), new GclockOptions { Maximum = (1 << Bits) - 1, Initial = SetOnLoad ? 1 : 0 });
}
