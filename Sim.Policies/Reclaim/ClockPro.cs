using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// LIRS with a clock. Hot and cold pages stand in one ring, among them cold pages that have been evicted but are in their test period still.
/// A cold page referenced in its test period becomes hot. Three hands go round:
/// <code>
///   HAND cold   evicts the first cold page whose bit is clear; it stays as a ghost while its test period lasts
///   HAND hot    turns the first hot page whose bit is clear into a cold one, and ends the test periods that it passes
///   HAND test   ends test periods while there are more ghosts than frames
/// </code>
/// The cold pages' share of the frames, m_c, grows by one with every reference in a test period and shrinks with every one that ends without.
/// New pages stand just behind HAND hot, the head of the list, which it will pass last.
/// <para>S. Jiang, F. Chen, X. Zhang, "CLOCK-Pro: an effective improvement of the CLOCK replacement", USENIX ATC 2005.</para>
/// </summary>
[Paper("A clock of hot, cold and evicted pages: cold pages referenced within their test period become hot; approximates LIRS by accessed bits.",
    "S. Jiang, F. Chen, X. Zhang, CLOCK-Pro: an effective improvement of the CLOCK replacement, USENIX ATC 2005")]
public struct ClockPro : IReclaimPolicy, IPolicy<ClockPro, NoOptions>
{
    private const byte Cold = 0, Hot = 1;
    private FrameLists _ring;
    private FrameArray<Node> _nodes;
    private GhostTable _ghosts;
    private int _frames;
    private int _capacity;
    private int _coldTarget;
    private int _hot, _cold;
    private int _handHot, _handCold, _handTest;
    private ulong _promotedPage;
    private bool _hasEvicted;

    public static string Name => "reclaim/clock-pro";

    public static ClockPro Create(NoOptions options, PolicyContext context)
    {
        var ghosts = new GhostTable(context.Capacity + 1L);
        var ring = new FrameLists(context.Frames + ghosts.Capacity, 1);
        int sentinel = ring.Sentinel(0);
        return new ClockPro
        {
            _ring = ring,
            _nodes = new FrameArray<Node>(sentinel + 1L),
            _ghosts = ghosts,
            _frames = context.Frames,
            _capacity = context.Capacity,
            // Deviation: the paper does not say where m_c starts; as in LIRS, at one per cent.
            _coldTarget = Math.Max(1, context.Capacity / 100),
            _handHot = sentinel,
            _handCold = sentinel,
            _handTest = sentinel,
        };
    }

    public static AccessView View => AccessView.AccessedBit;

    private readonly int HotTarget => _capacity - _coldTarget;

    public readonly void OnAccess(FrameNumber folio)
    {
    }

    /// <summary>A ghost is in its test period by definition: its page will be hot.</summary>
    public void OnFault(PageIdentity page, Shadow shadow)
    {
        int ghost = _ghosts.Find(page, shadow);
        if (ghost < 0) return;
        _promotedPage = page.Value + 1;
        DropGhost(ghost);
        GrowColdTarget();
    }

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        // Deviation: the paper does not say how memory fills; as in LIRS, the first pages are hot, up to the hot pages' share.
        bool isHot = _promotedPage == page.Value + 1 || (!_hasEvicted && _hot < HotTarget);
        _promotedPage = 0;
        _ring.InsertNewerThan(_handHot, folio.Value);
        _nodes[folio.Value] = new Node { Status = isHot ? Hot : Cold, InTest = !isHot };
        if (isHot) _hot++;
        else _cold++;
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        _hasEvicted = true;
        Node node = _nodes[folio.Value];
        if (node.Status == Hot || !node.InTest)
        {
            OnFree(folio);
            return Shadow.None;
        }
        int ghost = _ghosts.Add(page);
        int place = _frames + ghost;
        _ring.InsertNewerThan(folio.Value, place);
        _nodes[place] = node;
        if (_handTest == folio.Value) _handTest = place;
        if (_handHot == folio.Value) _handHot = place;
        OnFree(folio);
        while (_ghosts.Count > _capacity) RunHandTest();
        return GhostTable.ShadowOf(ghost);
    }

    /// <summary>Hot, and at the head of the list, so that HAND cold is not left with it alone; the hot pages' share is restored by HAND hot.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        ref Node node = ref _nodes[folio.Value];
        if (node.Status == Cold) MakeHot(ref node);
        MoveToHead(folio.Value);
    }

    public void OnFree(FrameNumber folio)
    {
        if (_nodes[folio.Value].Status == Hot) _hot--;
        else _cold--;
        Unlink(folio.Value);
    }

    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_hot + _cold == 0 || victims.Length == 0) return 0;
        int coming = _promotedPage != 0 ? 1 : 0;
        victims[0] = new FrameNumber(RunHandCold(ref accessedBits));
        // The paper runs HAND hot once the page is in; the bits can be read only here, and the page would stand behind the hand.
        RunHandHot(ref accessedBits, coming);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages and ghosts in the ring", _ring.CheckedCount(0), _hot + _cold + _ghosts.Count);
        int sentinel = _ring.Sentinel(0);
        int hot = 0, ghosts = 0;
        for (int index = _ring.Older(sentinel); index != sentinel; index = _ring.Older(index))
        {
            if (index >= _frames) ghosts++;
            else if (_nodes[index].Status == Hot) hot++;
            if (index >= _frames && !_nodes[index].InTest) throw new InvalidOperationException($"ghost {index - _frames} is past its test period");
        }
        Books.Balance("hot pages", hot, _hot);
        Books.Balance("ghosts in the ring", ghosts, _ghosts.Count);
        Books.AtMost("ghosts", ghosts, _capacity);
        Books.AtMost("m_c", _coldTarget, _capacity);
    }

    /// <summary>The next cold page whose bit is clear. It stays under the hand until it goes.</summary>
    private int RunHandCold<TBits>(ref TBits accessedBits)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        while (true)
        {
            // Every page can be hot where the domain does not fill its frames: one has to turn cold.
            if (_cold == 0) TurnOneCold(ref accessedBits);
            while (_handCold >= _frames || _nodes[_handCold].Status == Hot) _handCold = Next(_handCold);
            int frame = _handCold;
            if (!accessedBits.TestAndClear(new FrameNumber(frame))) return frame;
            ref Node node = ref _nodes[frame];
            if (node.InTest)
            {
                GrowColdTarget();
                MakeHot(ref node);
                MoveToHead(frame);
                RunHandHot(ref accessedBits, 0);
            }
            else
            {
                // A cold page that moves to the head of the list begins a test period, as in LIRS.
                node.InTest = true;
                MoveToHead(frame);
            }
        }
    }

    private void MakeHot(ref Node node)
    {
        node = new Node { Status = Hot };
        _cold--;
        _hot++;
    }

    /// <summary>Turns hot pages cold until <paramref name="coming"/> more fit the hot pages' share.</summary>
    private void RunHandHot<TBits>(ref TBits accessedBits, int coming)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        while (_hot > 0 && _hot + coming > HotTarget) TurnOneCold(ref accessedBits);
    }

    private void TurnOneCold<TBits>(ref TBits accessedBits)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        while (true)
        {
            int index = Step(ref _handHot);
            if (_nodes[index].Status == Cold) EndTest(index);
            else if (!accessedBits.TestAndClear(new FrameNumber(index)))
            {
                _nodes[index].Status = Cold;
                _hot--;
                _cold++;
                break;
            }
        }
        while (_hot > 0 && _nodes[_handHot].Status == Cold) EndTest(Step(ref _handHot));
    }

    private void RunHandTest()
    {
        int index = Step(ref _handTest);
        if (_nodes[index].Status == Cold) EndTest(index);
    }

    /// <summary>The cold page was not referenced in time. Nothing where it is not in test.</summary>
    private void EndTest(int index)
    {
        ref Node node = ref _nodes[index];
        if (!node.InTest) return;
        node.InTest = false;
        _coldTarget = Math.Max(1, _coldTarget - 1);
        if (index >= _frames) DropGhost(index - _frames);
    }

    private void GrowColdTarget() => _coldTarget = Math.Min(Math.Max(1, _capacity - 1), _coldTarget + 1);

    private void DropGhost(int ghost)
    {
        _nodes[_frames + ghost].InTest = false;
        Unlink(_frames + ghost);
        _ghosts.Remove(ghost);
    }

    private void MoveToHead(int frame)
    {
        Unlink(frame);
        _ring.InsertNewerThan(_handHot, frame);
    }

    /// <summary>Takes a node out of the ring; a hand on it goes on to the next.</summary>
    private void Unlink(int index)
    {
        int next = Next(index);
        if (next == index) next = _ring.Sentinel(0);
        if (_handHot == index) _handHot = next;
        if (_handCold == index) _handCold = next;
        if (_handTest == index) _handTest = next;
        _ring.Remove(index);
    }

    /// <summary>The next node of a ring that is not empty: a hand rests on the sentinel only before its first step.</summary>
    private readonly int Next(int index)
    {
        int next = _ring.Older(index);
        return next == _ring.Sentinel(0) ? _ring.Older(next) : next;
    }

    /// <summary>Moves a hand on and returns where it was.</summary>
    private readonly int Step(ref int hand)
    {
        int index = hand == _ring.Sentinel(0) ? Next(hand) : hand;
        hand = Next(index);
        return index;
    }

    private struct Node
    {
        public byte Status;
        public bool InTest;
    }
}
