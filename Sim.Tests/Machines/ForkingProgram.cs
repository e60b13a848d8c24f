using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;

namespace Sim.Tests.Machines;

/// <summary>A program that draws what it does: loads, stores, fork, munmap, mmap, madvise, mprotect, mremap, wait, exec and exit, and knows what each of its pages must hold.</summary>
internal sealed class ForkingProgram : ITaskProgram
{
    /// <summary>The first page of the region that all programs use.</summary>
    public const ulong Start = 0x10_0000 - 40;

    /// <summary>Pages of it: parts of two leaf tables, and a whole one between them.</summary>
    public const int Pages = 40 + 512 + 40;

    /// <summary>Most processes at a time and in all.</summary>
    private const int MostLive = 6, MostEver = 20;
    private const MapFlags Here = MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed;
    private readonly FollowedContents _contents;
    private RandomStream _random;
    private readonly Shared _shared;
    private readonly bool _lends;
    private readonly ulong[] _hot;
    private int _stepsLeft;
    private bool _isMapped;
    private (ulong Page, ulong Pages)? _protected;
    private int _segmentPages;

    /// <summary>The first program of a machine, which makes a segment of so many pages that all its descendants share.</summary>
    public ForkingProgram(FollowedContents contents, ulong seed, int steps, bool lends, int segmentPages = 0) : this(contents, new RandomStream(seed), [], new Shared(), steps, lends) =>
        _segmentPages = segmentPages;

    private ForkingProgram(FollowedContents contents, RandomStream random, Dictionary<ulong, int> expected, Shared shared, int steps, bool lends)
    {
        (_contents, _random, Expected, _shared, _stepsLeft, _lends) = (contents, random, expected, shared, steps, lends);
        _hot = [.. Enumerable.Range(0, 60).Select(_ => Start + _random.Below(Pages))];
        _shared.Live++;
        _shared.Ever++;
        contents.Add(this);
    }

    /// <summary>What each page holds that is mapped.</summary>
    public Dictionary<ulong, int> Expected { get; }

    /// <summary>The same of the segment, for all who have it.</summary>
    public Dictionary<ulong, int> Segment { get; private init; } = [];

    /// <summary>Where it is kept what a page holds.</summary>
    public Dictionary<ulong, int> ExpectedAt(ulong page) => Segment.ContainsKey(page) ? Segment : Expected;

    /// <summary>A store that was handed to the machine and has not been noticed.</summary>
    public (ulong Page, int Value)? PendingStore { get; set; }

    public TaskStep Next(long result, Span<ulong> references)
    {
        _contents.NoticeStores();
        if (_shared.Steps++ % 16 == 0) _contents.Check();
        if (_segmentPages > 0)
        {
            if (result == 0) return new TaskStep(TaskStepKind.Attach, _segmentPages);
            for (; _segmentPages > 0; _segmentPages--) Segment[(ulong)(result + _segmentPages - 1)] = 0;
        }
        if (!_isMapped && Expected.Count == 0)
        {
            for (ulong page = Start; page < Start + Pages; page++) Expected[page] = 0;
            _isMapped = true;
            return Map(Start, Pages);
        }
        if (_protected is var (at, length))
        {
            _protected = null;
            return new TaskStep(TaskStepKind.Protect, Mapping: new MappingArguments(at, length, (int)Protection.ReadWrite));
        }
        if (_stepsLeft-- <= 0)
        {
            _shared.Live--;
            return new TaskStep(TaskStepKind.Exit);
        }
        ulong first = _hot[_random.Below((ulong)_hot.Length)], pages = ulong.Min(1 + _random.Below(3), Start + Pages - first);
        switch (_random.Below(40))
        {
            case 0 or 1 or 2 when _shared.Live < MostLive && _shared.Ever < MostEver:
                Dictionary<ulong, int> childs = _lends ? Expected : new Dictionary<ulong, int>(Expected);
                return new TaskStep(TaskStepKind.Fork, Program: new ForkingProgram(_contents, new RandomStream(_random.Next()), childs, _shared, _stepsLeft / 2, _lends) { Segment = Segment });
            case 3:
                Each(first, pages, page => Expected.Remove(page));
                return new TaskStep(TaskStepKind.Unmap, (long)first, (long)pages);
            case 4:
                Each(first, pages, page => Expected[page] = 0);
                return Map(first, pages);
            case 5:
                (first, pages) = _random.Below(4) == 0 ? (Start, (ulong)Pages) : (first, pages);
                Each(first, pages, page =>
                {
                    if (Expected.ContainsKey(page)) Expected[page] = 0;
                });
                return new TaskStep(TaskStepKind.Advise, Mapping: new MappingArguments(first, pages, Flags: (int)Advice.DontNeed));
            case 6:
                if (Expected.ContainsKey(first)) _protected = (first, 1);
                return new TaskStep(TaskStepKind.Protect, Mapping: new MappingArguments(first, 1, (int)(_random.Below(2) == 0 ? Protection.Read : Protection.None)));
            case 7 when Expected.ContainsKey(first):
                ulong target = _hot[_random.Below((ulong)_hot.Length)];
                if (target == first) break;
                Expected[target] = Expected[first];
                Expected.Remove(first);
                return new TaskStep(TaskStepKind.Remap, Mapping: new MappingArguments(first, 1, Flags: (int)(RemapFlags.MayMove | RemapFlags.Fixed), NewPage: target, NewPages: 1));
            case 8:
                return new TaskStep(TaskStepKind.Wait, (long)_random.Below(2));
            case 9 when _shared.Ever > 4 && _random.Below(3) == 0:
                return new TaskStep(TaskStepKind.Exec, Program: new ForkingProgram(_contents, _random, [], Replaced(), _stepsLeft, _lends), Mapping: new MappingArguments(2, 2, NewPages: 2));
        }
        if (Segment.Count > 0 && _random.Below(3) == 0) first = Segment.Keys.Min() + _random.Below((ulong)Segment.Count);
        if (!ExpectedAt(first).ContainsKey(first)) return new TaskStep(TaskStepKind.Compute, 1000);
        bool isStore = _random.Below(3) > 0;
        if (isStore) PendingStore = (first, ++_shared.LastValue);
        references[0] = ReferenceWord.Of(first, isStore ? ReferenceWord.Store : 0);
        return new TaskStep(TaskStepKind.Access, 1);
    }

    /// <summary>The program that exec puts in the place of this one is no process more.</summary>
    private Shared Replaced()
    {
        _shared.Live--;
        _shared.Ever--;
        return _shared;
    }

    private static TaskStep Map(ulong page, ulong pages) =>
        new(TaskStepKind.MapWith, Mapping: new MappingArguments(page, pages, (int)Protection.ReadWrite, (int)Here));

    private static void Each(ulong first, ulong pages, Action<ulong> act)
    {
        for (ulong page = first; page < first + pages; page++) act(page);
    }

    /// <summary>What all programs of a machine count together.</summary>
    private sealed class Shared
    {
        public int Live, Ever, LastValue, Steps;
    }
}
