using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Tests.Machines;

/// <summary>
/// What lies in the frames and slots of a machine of one CPU: a number for each, which zeroing, copying, writing out and reading in carry along. A store
/// takes effect between two calls of the kernel; what has been executed is noticed before anything else happens to the frame.
/// </summary>
internal sealed unsafe class FollowedContents : IPageContents
{
    private readonly Dictionary<int, int> _frames = [];
    private readonly Dictionary<int, int> _slots = [];
    private readonly List<ForkingProgram> _programs = [];

    /// <summary>The machine that is followed.</summary>
    public Machine? Machine { get; set; }

    /// <summary>Pages that were looked at.</summary>
    public int Checked { get; private set; }

    /// <summary>A program that stores and loads.</summary>
    public void Add(ForkingProgram program) => _programs.Add(program);

    public void OnZero(FrameNumber frame) => _frames[frame.Value] = 0;

    public void OnCopy(FrameNumber from, FrameNumber to)
    {
        NoticeStores();
        _frames[to.Value] = _frames[from.Value];
    }

    public void OnWriteOut(FrameNumber frame, int slot, bool isWritten)
    {
        NoticeStores();
        if (isWritten) _slots[slot] = _frames[frame.Value];
        else _slots[slot].ShouldBe(_frames[frame.Value], $"frame {frame} goes without being written to slot {slot}");
    }

    public void OnReadIn(int slot, FrameNumber frame) => _frames[frame.Value] = _slots[slot];

    /// <summary>Lets the stores that have been executed take effect.</summary>
    public void NoticeStores()
    {
        foreach (SimTask task in Running())
        {
            var program = (ForkingProgram)task.Program;
            if (program.PendingStore is not var (page, value) || task.Position < task.Length) continue;
            program.PendingStore = null;
            ulong* entry = task.Mm.PageTable.Find(page);
            (entry != null && PageTableEntry.HasFrame(*entry) && !PageTableEntry.IsZeroPage(*entry)).ShouldBeTrue($"page {page:x} was stored to and is not there");
            _frames[PageTableEntry.FrameOf(*entry).Value] = value;
            program.ExpectedAt(page)[page] = value;
        }
    }

    void IPageContents.OnFileRead(PageIdentity page, FrameNumber frame) => throw new InvalidOperationException("there are no files here");

    void IPageContents.OnFileStore(PageIdentity page, FrameNumber frame) => throw new InvalidOperationException("there are no files here");

    void IPageContents.OnFileWrite(FrameNumber frame, PageIdentity page) => throw new InvalidOperationException("there are no files here");

    /// <summary>Asks that every page of every process holds what its program expects.</summary>
    public void Check()
    {
        NoticeStores();
        foreach (SimTask task in Running())
        {
            var program = (ForkingProgram)task.Program;
            foreach ((ulong page, int value) in program.Expected.Concat(program.Segment))
            {
                if (ValueOf(task.Mm, page) is not { } found) continue;
                found.ShouldBe(value, $"page {page:x} of {task.Process.Name}");
                Checked++;
            }
        }
    }

    private IEnumerable<SimTask> Running() => Machine!.Tasks.Where(task => task.State != TaskState.Dead);

    /// <summary>What a page of shared memory holds, whoever maps it.</summary>
    private int? ValueOf(FileObject segment, ulong page)
    {
        if (segment.Cache.Find(page) is not { } folio) return segment.Cache.SlotOf(page) is >= 0 and var slot ? _slots[slot] : 0;
        return folio.MustBeWaitedFor ? null : _frames[folio.FrameOf(page).Value];
    }

    /// <summary>What a page holds; null while a device is moving it.</summary>
    private int? ValueOf(Mm mm, ulong page)
    {
        ulong* entry = mm.PageTable.Find(page);
        if (mm.Vmas.Find(page) is { File: { } segment } vma && vma.Start <= page) return ValueOf(segment.Object, vma.OffsetOf(page));
        if (entry == null || *entry == 0) return 0;
        if (PageTableEntry.IsInTransit(*entry)) return null;
        if (PageTableEntry.IsSwapped(*entry)) return _slots[PageTableEntry.IndexOf(*entry)];
        return PageTableEntry.IsZeroPage(*entry) ? 0 : _frames[PageTableEntry.FrameOf(*entry).Value];
    }
}
