using System;
using System.Collections.Generic;
using System.Numerics;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Reclaim;
using Sim.Policies.Structures;

namespace Sim.Policies.Readahead;

/// <summary>
/// A process's accesses to swap are kept as differences of pages. The difference that has the majority of the last ones, looked for in a few and then in twice as many,
/// is the trend, and pages are read along it, as many as the last ones that were used make one expect. Files as with sequential-detect.
/// <para>H. Al Maruf, M. Chowdhury, "Effectively prefetching remote memory with Leap", USENIX ATC 2020, algorithms 1 and 2.</para>
/// </summary>
[Paper("Pages are read along the difference of pages that has the majority of a process's last accesses to swap.",
    "H. Al Maruf, M. Chowdhury, Effectively prefetching remote memory with Leap, USENIX ATC 2020")]
public sealed class Leap : IPolicy<Leap, LeapOptions>, IReadahead
{
    private readonly LeapOptions _options;
    private readonly Dictionary<int, AccessHistory> _histories = [];

    private Leap(LeapOptions options) => _options = options;

    public static string Name => "readahead/leap";

    public int FileWindow => _options.FileWindow;

    public bool ReadsSwap => true;

    public static Leap Create(LeapOptions options, PolicyContext context) => options.Split <= options.History
        ? new(options)
        : throw new PolicyOptionException($"leap: split is {options.Split}, of a history of {options.History} accesses");

    public SwapWindow OnSwapFault(int addressSpace, Vma vma, ulong page, int slot)
    {
        AccessHistory history = HistoryOf(addressSpace);
        bool followsTrend = history.Add((long)page) == history.Trend;
        int pages = history.Hits > 0 ? (int)BitOperations.RoundUpToPowerOf2((uint)history.Hits + 1) : followsTrend ? 1 : 0;
        pages = Math.Max(Math.Min(pages, _options.Pages), history.Window / 2);
        (history.Hits, history.Window) = (0, pages);
        bool isFound = history.TryFindTrend(_options.Split);
        if (pages == 0) return default;
        // Along the trend; where there is none, to both sides in steps of the last one.
        return new SwapWindow(IsOfSlots: false, (long)page + (isFound ? 1 : -(pages / 2)) * history.Trend, isFound ? pages : pages + 1, history.Trend);
    }

    public void OnSwapHit(int addressSpace, Vma vma, ulong page)
    {
        AccessHistory history = HistoryOf(addressSpace);
        history.Add((long)page);
        history.Hits++;
    }

    /// <summary>Deviation: a process that gets the number of one that has ended takes its history over.</summary>
    private AccessHistory HistoryOf(int addressSpace)
    {
        if (!_histories.TryGetValue(addressSpace, out AccessHistory? history)) _histories.Add(addressSpace, history = new AccessHistory(_options.History));
        return history;
    }
}

/// <summary>Options of <see cref="Leap"/>.</summary>
public sealed record LeapOptions : ReadaheadOptions
{
    [Option("Most pages that are read ahead at once", Minimum = 1, Maximum = 256)]
    public int Pages { get; init; } = 8;

    [Option("Accesses that are kept of a process", Minimum = 2, Maximum = 1024)]
    public int History { get; init; } = 32;

    [Option("The share of them that is looked at first is one divided by this", Minimum = 1, Maximum = 1024)]
    public int Split { get; init; } = 2;
}
