using System;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// W-TinyLFU. New pages pass through a small LRU window. The page that leaves it is admitted to the main part only if a filter, which counts uses of
/// all pages whether resident or not, has seen it more often than the page that the main part would give for it. The main part is a segmented
/// LRU: a hit lifts a page from probation to the protected list, what that cannot hold sinks back.
/// <code>
///   new page -> | window, 1 % | -> more used than the other? -> | probation, 20 % | &lt;-> | protected, 80 % of the rest |
///                                     | no: out                          ^- gives for an admitted page
/// </code>
/// <para>G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM Transactions on Storage 13(4), 2017. Shares of
/// section 4; the filter is the counting Bloom filter of section 3, in cache lines and without a doorkeeper.</para>
/// <para>Deviations, as in libCacheSim: counted are loads, hits in the main part, and once more a page that leaves the window; hits in the window
/// are not. All counts are halved after 32 times as many hits in the main part as it has frames, not after a sample of ten times the frames. While
/// memory fills, a page goes to the lowest list with room.</para>
/// <para>Pages are numbered by their first load, and an evicted page's shadow tells its number: what the filter confuses does not depend on how pages
/// are named. It does depend on the hash, and with it the misses: by some per cents for loops that do not fit, below one mostly.</para>
/// </summary>
[Paper("A small LRU window, and a main part that admits only what was used more often than its own victim; told of every access.",
    "G. Einziger, R. Friedman, B. Manes, TinyLFU: a highly efficient cache admission policy, ACM Transactions on Storage 13(4), 2017")]
public struct WindowTinyLfu : IProactiveReclaim, IPolicy<WindowTinyLfu, WindowTinyLfuOptions>
{
    private const int Probation = 0, Protected = 1, Window = 2;
    private const int HitsPerFrameBetweenHalvings = 32;

    /// <summary>
    /// Deviation: uses of a resident page wait beside it until the filter counts this many together, so that it confuses others with this page a little
    /// later. Misses stay as near to libCacheSim's as with every use counted at once (0.4 to 0.7 % off in the mean, by the hash), at three quarters of the time.
    /// </summary>
    private const int UsesCountedAtOnce = 8;

    private FrameLists _lists;
    private FrameArray<Page> _pages;
    private CountingBloomFilter _filter;
    private int _mainSize, _probationSize, _protectedSize;
    private int _window, _probation, _protected;
    private long _mainHits, _halvingInterval;
    private uint _nextNumber;
    private Shadow _shadow;
    private int _putBack;
    private bool _overflows;

    public static string Name => "reclaim/w-tinylfu";

    public static WindowTinyLfu Create(WindowTinyLfuOptions options, PolicyContext context)
    {
        int window = Math.Clamp((int)(options.Window * context.Capacity), 1, context.Capacity);
        int main = context.Capacity - window;
        int probation = Math.Min(Math.Max(1, (int)(options.Probation * main)), main);
        return new WindowTinyLfu
        {
            _lists = new FrameLists(context.Frames, 3),
            _pages = new FrameArray<Page>(context.Frames),
            _filter = new CountingBloomFilter(main),
            _mainSize = main,
            _probationSize = probation,
            _protectedSize = Math.Min((int)((1 - options.Probation) * main), main - probation),
            _halvingInterval = (long)HitsPerFrameBetweenHalvings * Math.Max(1, main),
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnAccess(FrameNumber folio)
    {
        int frame = folio.Value;
        ref Page page = ref _pages[frame];
        int list = page.List;
        if (list == Probation) Protect(frame);
        else _lists.MoveToNewest(list, frame);
        if (list == Window) return;
        Use(ref page);
        if (++_mainHits < _halvingInterval) return;
        _mainHits = 0;
        for (long i = 0; i < _pages.Length; i++) CountUses(ref _pages[i]);
        _filter.Halve();
    }

    public void OnFault(PageIdentity page, Shadow shadow) => (_putBack, _overflows, _shadow) = (0, false, shadow);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        ref Page loaded = ref _pages[folio.Value];
        loaded.Number = _shadow.Value != 0 ? _shadow.Value - 1 : NextNumber();
        loaded.List = Window;
        loaded.Uses = 1;
        _lists.PushNewest(Window, folio.Value);
        _window++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        OnFree(folio);
        ref Page left = ref _pages[folio.Value];
        CountUses(ref left);
        return new Shadow(left.Number + 1);
    }

    /// <summary>Keeps its place; for the rest of this fault the victims are named from the window on, one further each time.</summary>
    public void OnPutBack(FrameNumber folio)
    {
        _putBack++;
        _overflows = false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFree(FrameNumber folio)
    {
        _lists.Remove(folio.Value);
        Count(_pages[folio.Value].List, -1);
    }

    /// <summary>What a hit has sunk into probation beyond its size.</summary>
    public readonly bool TrySelectSurplus(out FrameNumber folio)
    {
        folio = new FrameNumber(_lists.Oldest(Probation));
        return _overflows && _probation > _probationSize;
    }

    /// <summary>One page at a time: each is the loser of a comparison that the last one decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (victims.Length == 0) return 0;
        if (_putBack > 0) return SelectPassingOver(victims);
        while (_window > 0 && _probation + _protected < _mainSize)
        {
            int first = _lists.Oldest(Window);
            Move(first, Window, ListWithRoom(leaving: Window));
            Use(ref _pages[first]);
        }
        int fromMain = _lists.Oldest(_probation > 0 ? Probation : Protected);
        if (_window == 0)
        {
            victims[0] = new FrameNumber(fromMain);
            return Math.Min(1, _probation + _protected);
        }
        int candidate = _lists.Oldest(Window);
        bool isAdmitted = _probation + _protected > 0 && Estimate(candidate) > Estimate(fromMain);
        // The counters that the next choice asks for (25 -> 20 ns a reference).
        if (_window > 1) _filter.Prefetch(HashOf(_lists.Newer(candidate)));
        if (_probation > 1) _filter.Prefetch(HashOf(_lists.Newer(fromMain)));
        if (isAdmitted) Move(candidate, Window, ListWithRoom(leaving: _probation > 0 ? Probation : Protected));
        Use(ref _pages[candidate]);
        victims[0] = new FrameNumber(isAdmitted ? fromMain : candidate);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        Books.Balance("pages in the window", _lists.CheckedCount(Window), _window);
        Books.Balance("pages in probation", _lists.CheckedCount(Probation), _probation);
        Books.Balance("protected pages", _lists.CheckedCount(Protected), _protected);
        Books.AtMost("protected pages", _protected, _protectedSize);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Use(ref Page page)
    {
        if (++page.Uses == UsesCountedAtOnce) CountUses(ref page);
    }

    private readonly void CountUses(ref Page page)
    {
        _filter.Add(CountingBloomFilter.HashOf(page.Number), page.Uses);
        page.Uses = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Estimate(int frame) => _filter.Estimate(HashOf(frame)) + _pages[frame].Uses;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong HashOf(int frame) => CountingBloomFilter.HashOf(_pages[frame].Number);

    /// <summary>A number plus one must fit a shadow; after a thousand million pages numbers are given out again.</summary>
    private uint NextNumber()
    {
        if (_nextNumber == (1u << Shadow.Bits) - 1) _nextNumber = 0;
        return _nextNumber++;
    }

    /// <summary>Lifts a page of probation that was hit; what the protected list cannot hold sinks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Protect(int frame)
    {
        Move(frame, Probation, Protected);
        _overflows = _protected > _protectedSize;
        if (_overflows) Move(_lists.Oldest(Protected), Protected, Probation);
    }

    /// <summary>The list of the main part that takes a page from the window, once a page of another list has left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int ListWithRoom(int leaving)
    {
        if (_probation - (leaving == Probation ? 1 : 0) < _probationSize) return Probation;
        return _protected - (leaving == Protected ? 1 : 0) < _protectedSize ? Protected : Probation;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Move(int frame, int from, int to)
    {
        _lists.MoveToNewest(to, frame);
        _pages[frame].List = (byte)to;
        Count(from, -1);
        Count(to, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(int list, int change)
    {
        if (list == Probation) _probation += change;
        else if (list == Protected) _protected += change;
        else _window += change;
    }

    private int SelectPassingOver(scoped Span<FrameNumber> victims)
    {
        if (_putBack >= _window + _probation + _protected) _putBack = 0;
        int count = _lists.CopyOldest(Window, victims, _putBack);
        if (count < victims.Length) count += _lists.CopyOldest(Probation, victims[count..], Math.Max(0, _putBack - _window));
        if (count < victims.Length) count += _lists.CopyOldest(Protected, victims[count..], Math.Max(0, _putBack - _window - _probation));
        return count;
    }

    /// <summary>A page's number, the list that it stands in, and the uses that the filter has not counted.</summary>
    private struct Page
    {
        public uint Number;
        public byte List;
        public byte Uses;
    }
}

/// <summary>Options of <see cref="WindowTinyLfu"/>.</summary>
public sealed record WindowTinyLfuOptions
{
    /// <summary>The window's share, rounded down, but never less than one frame.</summary>
    [Option("The window's share of the frames", Minimum = 0, Maximum = 1)]
    public double Window { get; init; } = 0.01;

    /// <summary>Probation's share of what the window leaves, rounded down, but never less than one frame; the rest is protected.</summary>
    [Option("The share of the frames outside of the window that pages on probation hold", Minimum = 0, Maximum = 1)]
    public double Probation { get; init; } = 0.2;
}
