using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Processes;
using Sim.Core.Reclaim;

namespace Sim.Core.Machines;

/// <summary>The calls on mappings as programs make them: in pages, with results in pages.</summary>
internal sealed class MappingCalls(AddressSpaceCalls calls, KernelFaults faults, MachineFiles files, PageCache? cache, bool isEager)
{
    private const ulong FileBytes = 1UL << 40;
    private const int OnFault = 1;
    private readonly Dictionary<int, OpenFile> _files = [];

    /// <summary>
    /// Makes a call for a task, or goes on with one within which it slept. False when it has to sleep, and will be woken; otherwise its result, or an error
    /// negated.
    /// </summary>
    public bool TryExecute(SimTask task, in TaskStep step, bool goesOn, ICharge payer, out long result)
    {
        faults.MakeFor(task, goesOn);
        if (!goesOn) task.CallResult = Execute(task, step, payer);
        else GoOn(task, step, payer);
        result = task.CallResult;
        return !faults.MustWait;
    }

    /// <summary>What populates goes on with that: mlock and madvise from their start, where what is there is passed over. Any other call leaves the rest to the first touches.</summary>
    private void GoOn(SimTask task, in TaskStep step, ICharge payer)
    {
        if (step.Kind is TaskStepKind.Lock or TaskStepKind.Advise) task.CallResult = Execute(task, step, payer);
        if (step.Kind == TaskStepKind.Break && isEager) calls.Populate(task.Mm, task.Mm.HeapStart, AddressSpaceLayout.PagesOf(task.Mm.Break), payer);
        ulong pages = step.Kind == TaskStepKind.MapWith ? step.Mapping.Pages : step.Kind == TaskStepKind.Map ? (ulong)step.First : 0;
        if (pages > 0) calls.Populate(task.Mm, (ulong)task.CallResult, (ulong)task.CallResult + pages, payer);
    }

    private long Execute(SimTask task, in TaskStep step, ICharge payer)
    {
        Mm mm = task.Mm;
        MappingArguments on = step.Mapping;
        ulong address = on.Page << 12, bytes = on.Pages << 12;
        return step.Kind switch
        {
            TaskStepKind.Map => ToPages(calls.Map(mm, new MapRequest(0, (ulong)step.First << 12, Protection.ReadWrite, Anonymous((PageSize)step.Second, isEager || step.Third != 0)), payer)),
            TaskStepKind.MapWith => ToPages(calls.Map(mm,
                new MapRequest(address, bytes, (Protection)on.Protection, (MapFlags)on.Flags | (isEager ? MapFlags.Populate : 0), FileOf(task.Process, on.File), on.FileOffset << 12), payer)),
            TaskStepKind.Unmap => calls.Unmap(mm, (ulong)step.First << 12, (ulong)step.Second << 12, payer),
            TaskStepKind.Break => Break(mm, step.First, payer),
            TaskStepKind.Protect => calls.Protect(mm, address, bytes, (Protection)on.Protection, payer),
            TaskStepKind.Remap => ToPages(calls.Remap(mm, new RemapRequest(address, bytes, on.NewPages << 12, (RemapFlags)on.Flags, on.NewPage << 12), payer)),
            TaskStepKind.Advise => calls.Advise(mm, address, bytes, (Advice)on.Flags, payer),
            TaskStepKind.Lock => calls.Lock(mm, address, bytes, (on.Flags & OnFault) != 0, payer),
            TaskStepKind.Attach => ToPages(Attach(mm, (int)step.Second, (ulong)step.First << 12, payer)),
            TaskStepKind.Unlock => calls.Unlock(mm, address, bytes, payer),
            _ => throw new InvalidOperationException($"a {step.Kind} step is no call on mappings"),
        };
    }

    /// <summary>A segment that no other process can name is marked as removed at once: it goes with the last that has it.</summary>
    private long Attach(Mm mm, int key, ulong bytes, ICharge payer)
    {
        long segment = calls.Segments.Get(key, bytes, create: true, exclusive: false);
        if (segment < 0) return segment;
        cache!.Register(calls.Segments.ObjectOf((int)segment));
        long address = calls.Segments.Attach(mm, (int)segment, 0, isReadOnly: false, replaces: false, roundsDown: false, payer);
        if (key == SharedSegments.PrivateKey) calls.Segments.Remove((int)segment, payer);
        return address;
    }

    private static MapFlags Anonymous(PageSize size, bool isPopulated) =>
        MapFlags.Private | MapFlags.Anonymous | (size == PageSize.Base ? 0 : MapFlags.HugeTlb) | (isPopulated ? MapFlags.Populate : 0);

    /// <summary>Results below 0 are errors; user addresses are not.</summary>
    private static long ToPages(long result) => result < 0 ? result : result >> 12;

    private long Break(Mm mm, long pages, ICharge payer)
    {
        ulong oldEnd = mm.Break, newEnd = oldEnd + ((ulong)pages << 12);
        if (calls.Break(mm, newEnd, payer) != (long)newEnd) return SystemError.ENOMEM.AsResult();
        if (isEager && pages > 0) calls.Populate(mm, AddressSpaceLayout.PagesOf(oldEnd), AddressSpaceLayout.PagesOf(newEnd), payer);
        return (long)(oldEnd >> 12);
    }

    /// <summary>
    /// A file that a step names. One that nobody declared is opened once for all and large enough for any mapping; its pages are not modelled, and behave as
    /// anonymous memory.
    /// </summary>
    private OpenFile? FileOf(Process process, int number)
    {
        if (number == 0) return null;
        if (number < 0) return files.Open(process, -number - 1);
        if (!_files.TryGetValue(number, out OpenFile? file)) _files.Add(number, file = new OpenFile(new FileObject($"file{number}", FileBytes, FileKind.Disk), isWritable: true));
        return file;
    }
}
