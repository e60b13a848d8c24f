using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Least frequently used: of the pages with the fewest uses since they were loaded, the least recently used one goes, and its count is
/// forgotten. A hit only raises its page's key; the order is made good when a victim is wanted (3.6 times the speed of lists by key, between which
/// every hit moves its page).
/// <code>
///   key       (1, 4) (1, 9) | (2, 6) | (4, 3) (4, 8)       uses, and the time of the last one
///             the next victim
/// </code>
/// <para>Counts perfect while in memory: A. V. Aho, P. J. Denning, J. D. Ullman, "Principles of optimal page replacement", Journal of the ACM
/// 18(1), 1971.</para>
/// <para>Dynamic aging: key = uses + L, where L is the key of the last page that was evicted, so that what was popular once does not stay for
/// ever. M. Arlitt, L. Cherkasova, J. Dilley, R. Friedrich, T. Jin, "Evaluating content management techniques for Web proxy caches", ACM
/// SIGMETRICS Performance Evaluation Review 27(4), 2000, with every cost 1.</para>
/// </summary>
[Paper("Evicts the page that was used least often since it was loaded, the least recent of several; told of every access.",
    "A. V. Aho, P. J. Denning, J. D. Ullman, Principles of optimal page replacement, Journal of the ACM 18(1), 1971; M. Arlitt et al., Evaluating content management techniques for Web proxy caches, ACM SIGMETRICS Performance Evaluation Review 27(4), 2000")]
public struct Lfu : IReclaimPolicy, IPolicy<Lfu, LfuOptions>
{
    private RisingHeap _frequency;
    private FrameArray<long> _uses;
    private bool _ages;
    private long _age;
    private long _now;

    public static string Name => "reclaim/lfu";

    public static Lfu Create(LfuOptions options, PolicyContext context)
    {
        bool ages = options.Aging == LfuAging.Dynamic;
        return new Lfu
        {
            _frequency = new RisingHeap(context.Frames),
            _uses = new FrameArray<long>(ages ? context.Frames : 0),
            _ages = ages,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        long key = _ages ? ++_uses[folio.Value] + _age : _frequency.MajorOf(folio.Value) + 1;
        _frequency.Raise(folio.Value, key, ++_now);
    }

    public void OnFault(PageIdentity page, Shadow shadow) => _frequency.Readmit();

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        if (_ages) _uses[folio.Value] = 1;
        _frequency.Append(folio.Value, 1 + _age, ++_now);
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        if (_ages) _age = Math.Max(_age, _frequency.MajorOf(folio.Value));
        OnFree(folio);
        return Shadow.None;
    }

    /// <summary>Keeps its count; out of sight until the next fault.</summary>
    public void OnPutBack(FrameNumber folio) => _frequency.SetAside(folio.Value);

    public void OnFree(FrameNumber folio) => _frequency.Remove(folio.Value);

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_frequency.Held == 0 || victims.Length == 0) return 0;
        if (_frequency.Count == 0) _frequency.Readmit();
        victims[0] = new FrameNumber(_frequency.Lowest());
        int count = 1;
        for (; count < victims.Length; count++)
        {
            _frequency.SetAside(victims[count - 1].Value);
            if (_frequency.Count == 0) break;
            victims[count] = new FrameNumber(_frequency.Lowest());
        }
        return count;
    }

    public readonly void CheckInvariants() => _frequency.CheckInvariants();
}

/// <summary>Options of <see cref="Lfu"/>.</summary>
public sealed record LfuOptions
{
    [Option("Whether the key of the last victim is added to counts (dynamic) or they stand as they are (none)")]
    public LfuAging Aging { get; init; } = LfuAging.None;
}

/// <summary>How old counts lose their weight.</summary>
public enum LfuAging
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>LFU-DA: a count starts from the key of the last page that was evicted.</summary>
    Dynamic,
}
