using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;

namespace Sim.Lab.Scripts.Faults;

/// <summary>
/// A process of the recorder on the model: the static program that executed the operations, with the pages that it had touched when the first of them began,
/// and again after each fork. What it touches by itself is not part of any operation.
/// <code>
///   0x400  code 194 | data 7 (4 of them read-only) | bss 1310 | heap 34            window 0x200000000 ...        vdso   stack 33
/// </code>
/// </summary>
internal sealed class RecorderProcess
{
    /// <summary>The first page of the window.</summary>
    public const ulong Window = 0x2000_0000_0000 >> 12;

    private const ulong WindowPages = 64UL << 18;
    private const ulong CodePages = 194;
    private const ulong ReadOnlyDataPages = 4;
    private const ulong DataPages = 7;
    private const ulong BssPages = 1310;
    private const ulong HeapPages = 34;
    private const ulong VvarStart = 0x7fff_f7ff_7000 >> 12;
    private const ulong Code = ProgramImage.DefaultStart;
    private const ulong Data = Code + CodePages;
    private const ulong Heap = Data + DataPages + BssPages;

    /// <summary>The end of the heap before any operation: page 0 of the region B.</summary>
    private const ulong Break = Heap + HeapPages;

    /// <summary>The page of the frame that executes operations: page 0 of the region S. Its caller's frame takes up most of what lies above.</summary>
    private const ulong Stack = AddressSpaceLayout.TaskEnd - 10;

    private readonly PagedKernel _kernel;
    private readonly OpenFile[] _files;
    private readonly CounterSet _counters = new();
    private readonly Mm _mm;
    private long _failed;

    /// <summary>The root process of a case.</summary>
    public RecorderProcess(PagedKernel kernel, OpenFile[] files)
    {
        (_kernel, _files) = (kernel, files);
        _mm = kernel.Create(new AddressSpaceLimits { MayLockAnything = true });
        ICharge payer = kernel.Payer;
        var program = new FileObject("recorder", CodePages + DataPages << 12, FileKind.Disk);
        for (ulong page = 0; page < program.Pages; page++) kernel.Cache.TryAdd(program, page, 0, false, kernel.User, isRead: false);
        Succeed(kernel.Calls.Replace(_mm, new ProgramImage(new OpenFile(program, isWritable: false), CodePages, DataPages, BssPages), payer));
        // In the recorded process the heap was a mapping apart from the bss that it follows.
        const MapFlags apart = MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed | MapFlags.NoReserve;
        Succeed(kernel.Calls.Map(_mm, new MapRequest(Data + DataPages << 12, BssPages << 12, Protection.ReadWrite, apart), payer));
        for (ulong page = Data; page < Data + DataPages; page++) Touch(page, isStore: true);
        Succeed(kernel.Calls.Protect(_mm, Data << 12, ReadOnlyDataPages << 12, Protection.Read, payer));
        Succeed(kernel.Calls.Break(_mm, Break << 12, payer));
        const VmaFlags data = VmaFlags.Read | VmaFlags.MayRead | VmaFlags.Device | VmaFlags.PageFrames | VmaFlags.DontDump;
        kernel.Calls.MapSpecial(_mm, VvarStart, 6, data, "[vvar]", payer);
        kernel.Calls.MapSpecial(_mm, VvarStart + 6, 2, VmaFlags.Read | VmaFlags.Execute | VmaFlags.MayAll, "[vdso]", payer);
        Touch(VvarStart + 6, isStore: false);
        foreach (ulong page in new[] { Heap, Heap + 1, Stack + 8, Stack + 9 }) Touch(page, isStore: true);
        Warm();
    }

    private RecorderProcess(RecorderProcess parent)
    {
        (_kernel, _files) = (parent._kernel, parent._files);
        _mm = _kernel.Fork(parent._mm);
    }

    /// <summary>Faults so far that needed no reading, and those that did: ru_minflt and ru_majflt. What failed is none of them.</summary>
    public (long Minor, long Major) Faults => (_counters[Counter.Pgfault] - _counters[Counter.Pgmajfault] - _failed, _counters[Counter.Pgmajfault]);

    /// <summary>fork; both sides then touch what they need.</summary>
    public RecorderProcess Fork()
    {
        var child = new RecorderProcess(this);
        child.Warm();
        Warm();
        return child;
    }

    /// <summary>exit.</summary>
    public void Exit() => _kernel.Exit(_mm);

    /// <summary>Executes a call. The value as the recorder passed it on: negative for an error, and what it noted as the error's number.</summary>
    public (long Value, int Error) Call(ScriptLine line)
    {
        _kernel.CountIn(_counters);
        long failed = _kernel.Faults.Tally.Of(FaultOutcome.BusError);
        (long Value, int Error) result = Execute(line);
        _failed += _kernel.Faults.Tally.Of(FaultOutcome.BusError) - failed;
        return result;
    }

    private (long Value, int Error) Execute(ScriptLine line)
    {
        ulong first = (ulong)line.Whole("a", -MostPages, MostPages, 0), bytes = (ulong)line.Whole("n", 0, MostPages) << 12;
        ulong address = Base(line) + first << 12;
        AddressSpaceCalls calls = _kernel.Calls;
        ICharge payer = _kernel.Payer;
        switch (line.Text("op"))
        {
            case "mmap": return Result(Math.Min(0, calls.Map(_mm, MapRequest(line, address, bytes), payer)));
            case "munmap": return Result(calls.Unmap(_mm, address, bytes, payer));
            case "mprotect": return Result(calls.Protect(_mm, address, bytes, ScriptedProcess.Access(line), payer));
            case "madvise": return Result(calls.Advise(_mm, address, bytes, ScriptedProcess.AdviceOf(line), payer));
            case "mlock": return Result(calls.Lock(_mm, address, bytes, onFault: false, payer));
            case "munlock": return Result(calls.Unlock(_mm, address, bytes, payer));
            case "msync": return Result(calls.Synchronise(_mm, address, bytes, SyncFlags.Sync, payer));
            case "brk":
                ulong wanted = (Break << 12) + bytes;
                return calls.Break(_mm, wanted, payer) == (long)wanted ? (0, 0) : (-1, (int)SystemError.ENOMEM);
            case "mremap":
                long to = line.Whole("b", -1, MostPages);
                ulong target = Window + (ulong)Math.Max(to, 0) << 12;
                var request = new RemapRequest(address, bytes, (ulong)line.Whole("n2", 0, MostPages) << 12, to < 0 ? RemapFlags.None : RemapFlags.MayMove | RemapFlags.Fixed, target);
                long moved = calls.Remap(_mm, request, payer);
                return moved < 0 ? Result(moved) : ((moved >> 12) - (long)Window, 0);
            default: throw new InvalidOperationException($"'{line.Text("op")}' is no call");
        }
    }

    /// <summary>Touches pages first, first + step, ... of a region.</summary>
    public void Touch(ScriptLine line, IEnumerable<long> pages)
    {
        string mode = line.Text("m");
        if (mode is not ("r" or "w")) throw line.Error($"'m' is '{mode}'; a touch is r or w");
        ulong start = Base(line);
        foreach (long page in pages)
        {
            FaultOutcome outcome = _kernel.Touch(_mm, start + (ulong)page, mode == "w", _counters);
            if (outcome != FaultOutcome.Mapped) throw line.Error($"page {page} is {(outcome == FaultOutcome.BusError ? "beyond the file's end" : outcome == FaultOutcome.BadArea ? "not mapped for this" : "not to be had")}; a touch must succeed");
        }
    }

    /// <summary>What the recorder noted after each operation, in KiB.</summary>
    public RecordedState State()
    {
        MemoryUse window = default, heap = default, stack = default;
        long mappings = 0, heapPages = 0, stackPages = 0;
        for (Vma? vma = _mm.Vmas.First; vma is not null; vma = vma.Next)
        {
            if (vma.Start >= Window && vma.Start < Window + WindowPages)
            {
                mappings++;
                window += _kernel.UseOf(_mm, vma);
            }
            else if (vma.Start < AddressSpaceLayout.PagesOf(_mm.Break) && vma.End > _mm.HeapStart)
            {
                heapPages += (long)vma.Pages;
                heap += _kernel.UseOf(_mm, vma);
            }
            else if (vma.Has(VmaFlags.GrowsDown))
            {
                stackPages += (long)vma.Pages;
                stack += _kernel.UseOf(_mm, vma);
            }
        }
        return new RecordedState(mappings, window, 4 * _mm.PageTable.TablePages, 4 * heapPages, heap.Rss, 4 * stackPages, stack.Rss);
    }

    private const long MostPages = 1L << 36;

    /// <summary>What it touches before operations: its code, its data, four pages of its stack.</summary>
    private void Warm()
    {
        for (ulong page = Code; page < Data; page++) Touch(page, isStore: false);
        for (ulong page = Data + ReadOnlyDataPages; page < Heap; page++) Touch(page, isStore: true);
        for (ulong page = Stack - 3; page <= Stack; page++) Touch(page, isStore: true);
    }

    private void Touch(ulong page, bool isStore)
    {
        if (_kernel.Touch(_mm, page, isStore, _counters) != FaultOutcome.Mapped) throw new InvalidOperationException($"the recorder's own page {page:x} cannot be touched");
    }

    private static void Succeed(long result)
    {
        if (result < 0) throw new InvalidOperationException($"the recorder's own mappings fail with {(SystemError)(-result)}");
    }

    private static (long Value, int Error) Result(long result) => result < 0 ? (-1, (int)-result) : (result, 0);

    private static ulong Base(ScriptLine line) => line.Text("reg", "W") switch
    {
        "W" => Window,
        "B" => Break,
        "S" => Stack,
        var other => throw line.Error($"'reg' is '{other}'; the regions are W, the window, B, the heap, and S, the stack"),
    };

    private MapRequest MapRequest(ScriptLine line, ulong address, ulong bytes)
    {
        string kind = line.Text("kind");
        int file = kind.Length == 3 && kind[0] == 'f' ? kind[1] - '0' : -1;
        bool isAnonymous = kind is "ap" or "as";
        bool isKnown = isAnonymous || (file >= 0 && file < _files.Length && kind[2] is 'p' or 's');
        if (!isKnown) throw line.Error($"there is no kind '{kind}'; the kinds are ap, as, and f0p, f0s up to f{_files.Length - 1}s");
        MapFlags flags = MapFlags.Fixed | (kind[^1] == 'p' ? MapFlags.Private : MapFlags.Shared) | (isAnonymous ? MapFlags.Anonymous : 0);
        foreach (char letter in line.Text("fl", ""))
        {
            flags |= letter switch
            {
                'p' => MapFlags.Populate,
                'l' => MapFlags.Locked,
                'n' => MapFlags.NoReserve,
                '-' => 0,
                _ => throw line.Error($"'fl' has '{letter}'; the flags of mmap here are p, l and n"),
            };
        }
        return new MapRequest(address, bytes, ScriptedProcess.Access(line), flags, isAnonymous ? null : _files[file], (ulong)line.Whole("off", 0, MostPages, 0) << 12);
    }
}
