using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.Reclaim;

/// <summary>
/// Least hit density: of a sample of pages, evicts the one that promises the fewest hits for the time that it would stay. The promise is
/// learned per class and age, see <see cref="HitDensities"/>; the age is the time since the last reference, the class comes from the last
/// two ages at which the page was hit. A few pages, the explorers, are held back from eviction, so that hits at high ages can be seen at all.
/// <para>N. Beckmann, H. Chen, A. Cidon, "LHD: improving cache hit rate by maximizing hit density", USENIX NSDI 2018. Constants as in the
/// program that they published with it, where none is named otherwise. All pages are of one size and one application.</para>
/// </summary>
[Paper("Of a sample of pages, evicts the one with the least expected hits per time, learned per class and age; told of every access.",
    "N. Beckmann, H. Chen, A. Cidon, LHD: improving cache hit rate by maximizing hit density, USENIX NSDI 2018")]
public struct Lhd : IReclaimPolicy, IPolicy<Lhd, LhdOptions>
{
    private const int AgeBits = 12, Ages = 1 << AgeBits, Classes = AgeBits + 2;
    private const int LatestAdmissions = 8, ExploreOneIn = 32;
    private const double ExplorerShare = 0.01;
    private const float Decay = 0.9f;

    /// <summary>Ages reach this many times the frames. Deviation: fixed from the start, since the frames are known; the program measures them.</summary>
    private const int AgesOfMemory = 64;

    /// <summary>Reckoning all densities takes about as long as a thousand faults.</summary>
    private const int ShortestPeriod = 16_384;

    private ResidentSet<Use> _pages;
    private HitDensities _densities;
    private Admission[] _admissions;
    private RandomStream _random;
    private int _nextAdmission;
    private int _explorerBudget;
    private float _usualVictim;
    private long _ageWidth;
    private long _period;
    private long _untilReckoning;
    private long _now;

    public static string Name => "reclaim/lhd";

    public static Lhd Create(LhdOptions options, PolicyContext context)
    {
        long period = Math.Max(ShortestPeriod, (long)Math.Ceiling(options.Period * context.Capacity));
        return new Lhd
        {
            _pages = new ResidentSet<Use>(context.Frames, options.Sample),
            _densities = new HitDensities(Classes, Ages),
            _admissions = new Admission[LatestAdmissions],
            _random = new RandomStream(context.Seed),
            _explorerBudget = (int)(ExplorerShare * context.Capacity),
            _ageWidth = Math.Max(1, (long)AgesOfMemory * context.Capacity / Ages),
            _period = period,
            _untilReckoning = period,
        };
    }

    public static AccessView View => AccessView.EveryAccess;

    public void OnAccess(FrameNumber folio)
    {
        ref Use use = ref _pages.TagOf(folio.Value);
        int age = AgeOf(use);
        _densities.Hit(use.Class, age);
        if (use.IsExplorer) _explorerBudget++;
        use.Class = (byte)ClassOf(age + use.LastHitAge);
        use.LastHitAge = (ushort)age;
        Touch(ref use);
    }

    public void OnFault(PageIdentity page, Shadow shadow) => _pages.Readmit();

    public void OnInsert(FrameNumber folio, int order, PageIdentity page)
    {
        var use = new Use { Class = (byte)ClassOf(Ages), LoadedAt = _now };
        Touch(ref use);
        // A new page that looks worse than what is usually evicted is looked at beside every sample while it is among the latest.
        if (!use.IsExplorer && DensityOf(use) < _usualVictim)
            _admissions[_nextAdmission++ % LatestAdmissions] = new Admission(folio.Value, use.LoadedAt, true);
        _pages.Add(folio.Value, use);
    }

    public Shadow OnEvict(FrameNumber folio, PageIdentity page)
    {
        Use use = _pages.TagOf(folio.Value);
        _densities.Evict(use.Class, AgeOf(use));
        OnFree(folio);
        return Shadow.None;
    }

    /// <summary>Not drawn again before the next fault, while there are others.</summary>
    public void OnPutBack(FrameNumber folio) => _pages.SetAside(folio.Value);

    public void OnFree(FrameNumber folio)
    {
        if (_pages.TagOf(folio.Value).IsExplorer) _explorerBudget++;
        _pages.Remove(folio.Value);
    }

    /// <summary>Where there are no more pages than the sample has, all are looked at.</summary>
    public int SelectVictims<TBits>(ref TBits accessedBits, scoped Span<FrameNumber> victims)
        where TBits : struct, IAccessedBits, allows ref struct
    {
        if (_pages.Held == 0 || victims.Length == 0) return 0;
        if (_pages.Count == 0) _pages.Readmit();
        int victim = -1;
        float least = float.MaxValue;
        foreach (int place in _pages.Draw(ref _random))
        {
            float density = DensityOf(_pages.TagAt(place));
            if (density >= least) continue;
            victim = _pages.FrameAt(place);
            least = density;
        }
        foreach (Admission admission in _admissions)
        {
            if (!admission.IsSet || !_pages.IsCandidate(admission.Frame)) continue;
            Use use = _pages.TagOf(admission.Frame);
            float density = DensityOf(use);
            if (use.LoadedAt != admission.LoadedAt || density >= least) continue;
            victim = admission.Frame;
            least = density;
        }
        _usualVictim = Decay * _usualVictim + (1 - Decay) * least;
        victims[0] = new FrameNumber(victim);
        return 1;
    }

    public readonly void CheckInvariants()
    {
        _pages.CheckInvariants();
        int explorers = 0;
        for (int place = 0; place < _pages.Held; place++) explorers += _pages.TagAt(place).IsExplorer ? 1 : 0;
        Books.AtMost("explorers", explorers, explorers + _explorerBudget);
    }

    /// <summary>The reference is over: the page is of age 0, perhaps an explorer, and time goes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Touch(ref Use use)
    {
        use.TouchedAt = _now++;
        use.IsExplorer = _explorerBudget > 0 && _random.Below(ExploreOneIn) == 0;
        if (use.IsExplorer) _explorerBudget--;
        if (--_untilReckoning > 0) return;
        _untilReckoning = _period;
        _densities.Reckon(Decay);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int AgeOf(in Use use) => (int)Math.Min((_now - use.TouchedAt) / _ageWidth, Ages - 1);

    /// <summary>The logarithm of how far a page's hit ages lie below the highest age; 0 for a page never hit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ClassOf(int hitAges) => hitAges == 0 ? Classes - 1 : Math.Max(0, AgeBits - BitOperations.Log2((uint)hitAges));

    /// <summary>A page past all ages is worth nothing. An explorer is worth more than any other: densities are at most 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float DensityOf(in Use use)
    {
        int age = AgeOf(use);
        if (age == Ages - 1) return -1;
        return _densities[use.Class, age] + (use.IsExplorer ? 1 : 0);
    }

    private struct Use
    {
        public long TouchedAt;
        public long LoadedAt;
        public ushort LastHitAge;
        public byte Class;
        public bool IsExplorer;
    }

    private readonly record struct Admission(int Frame, long LoadedAt, bool IsSet);
}

/// <summary>Options of <see cref="Lhd"/>.</summary>
public sealed record LhdOptions
{
    /// <summary>32 in the paper, with little to gain beyond.</summary>
    [Option("Resident pages drawn at an eviction", Minimum = 1, Maximum = 65536)]
    public int Sample { get; init; } = 32;

    /// <summary>The published program reckons every 2^20 references, whatever the memory; a short trace would end before it learned anything.</summary>
    [Option("References between two reckonings of all densities, as a multiple of the frames; at least 16384 references", Minimum = 0, Maximum = 1e6)]
    public double Period { get; init; } = 2;
}
