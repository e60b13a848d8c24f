using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Evicts a resident page drawn uniformly. The resident pages stand densely in an array; the last one fills the hole that a leaving
/// page makes, so a draw is one index.
/// <para>L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966.</para>
/// </summary>
[Paper("Evicts a resident page drawn uniformly.",
    "L. A. Belady, A study of replacement algorithms for a virtual-storage computer, IBM Systems Journal 5(2), 1966")]
public struct RandomReplacement : IReclaimPolicy, IPolicy<RandomReplacement, NoOptions>
{
    private FrameArray<int> _frameAt;
    private FrameArray<int> _placeOf;
    private RandomStream _random;
    private int _resident;

    public static string Name => "reclaim/random";

    public static RandomReplacement Create(NoOptions options, PolicyContext context) => new()
    {
        _frameAt = new FrameArray<int>(context.Frames),
        _placeOf = new FrameArray<int>(context.Frames),
        _random = new RandomStream(context.Seed),
    };

    public static AccessView View => AccessView.Nothing;

    public readonly void OnAccess(FrameNumber folio)
    {
    }

    public readonly void OnFault(PageIdentity page, Shadow shadow)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        _placeOf[folio.Value] = _resident;
        _frameAt[_resident++] = folio.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    public readonly void OnPutBack(FrameNumber folio)
    {
    }

    public void OnFree(FrameNumber folio)
    {
        int last = _frameAt[--_resident];
        int hole = _placeOf[folio.Value];
        _frameAt[hole] = last;
        _placeOf[last] = hole;
    }

    /// <summary>Distinct victims: each draw is swapped to the front, and the next is drawn from what follows.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        int count = Math.Min(victims.Length, _resident);
        for (int i = 0; i < count; i++)
        {
            int drawn = i + (int)_random.Below((ulong)(_resident - i));
            (_frameAt[i], _frameAt[drawn]) = (_frameAt[drawn], _frameAt[i]);
            _placeOf[_frameAt[i]] = i;
            _placeOf[_frameAt[drawn]] = drawn;
            victims[i] = new FrameNumber(_frameAt[i]);
        }
        return count;
    }

    public readonly void CheckInvariants()
    {
        for (int place = 0; place < _resident; place++) Books.Balance($"place of frame {_frameAt[place]}", _placeOf[_frameAt[place]], place);
    }
}
