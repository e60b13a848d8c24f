using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// First in, first out: the page that was loaded longest ago goes, however much it is used. Shows Belady's anomaly.
/// <para>L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966.</para>
/// </summary>
[Paper("Evicts the page that was loaded longest ago.",
    "L. A. Belady, A study of replacement algorithms for a virtual-storage computer, IBM Systems Journal 5(2), 1966")]
public struct Fifo : IReclaimPolicy, IPolicy<Fifo, NoOptions>
{
    private FrameLists _queue;
    private int _resident;

    public static string Name => "reclaim/fifo";

    public static Fifo Create(NoOptions options, PolicyContext context) => new() { _queue = new FrameLists(context.Frames, 1) };

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
        _queue.PushNewest(0, folio.Value);
        _resident++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        return Shadow.None;
    }

    public readonly void OnPutBack(FrameNumber folio) => _queue.MoveToNewest(0, folio.Value);

    public void OnFree(FrameNumber folio)
    {
        _queue.Remove(folio.Value);
        _resident--;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct => _queue.CopyOldest(0, victims);

    public readonly void CheckInvariants() => Books.Balance("pages in the queue", _queue.CheckedCount(0), _resident);
}
