using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Processes;

namespace Sim.Core.Machines;

/// <summary>The calls on mappings as programs make them: in pages, with results in pages.</summary>
internal sealed class MappingCalls(AddressSpaceCalls calls, KernelFaults faults)
{
    private const ulong FileBytes = 1UL << 40;
    private const int OnFault = 1;
    private readonly Dictionary<int, OpenFile> _files = [];

    /// <summary>Makes a call for a task. The result, or an error negated.</summary>
    public long Execute(SimTask task, in TaskStep step, ICharge payer)
    {
        Mm mm = task.Mm;
        faults.MakeFor(task.Process);
        MappingArguments on = step.Mapping;
        ulong address = on.Page << 12, bytes = on.Pages << 12;
        return step.Kind switch
        {
            TaskStepKind.Map => ToPages(calls.Map(mm, new MapRequest(0, (ulong)step.First << 12, Protection.ReadWrite, Anonymous((PageSize)step.Second)), payer)),
            TaskStepKind.MapWith => ToPages(calls.Map(mm,
                new MapRequest(address, bytes, (Protection)on.Protection, (MapFlags)on.Flags, FileOf(on.File), on.FileOffset << 12), payer)),
            TaskStepKind.Unmap => calls.Unmap(mm, (ulong)step.First << 12, (ulong)step.Second << 12, payer),
            TaskStepKind.Break => Break(mm, step.First, payer),
            TaskStepKind.Protect => calls.Protect(mm, address, bytes, (Protection)on.Protection, payer),
            TaskStepKind.Remap => ToPages(calls.Remap(mm, new RemapRequest(address, bytes, on.NewPages << 12, (RemapFlags)on.Flags, on.NewPage << 12), payer)),
            TaskStepKind.Advise => calls.Advise(mm, address, bytes, (Advice)on.Flags, payer),
            TaskStepKind.Lock => calls.Lock(mm, address, bytes, (on.Flags & OnFault) != 0, payer),
            TaskStepKind.Unlock => calls.Unlock(mm, address, bytes, payer),
            _ => throw new InvalidOperationException($"a {step.Kind} step is no call on mappings"),
        };
    }

    private static MapFlags Anonymous(PageSize size) => MapFlags.Private | MapFlags.Anonymous | (size == PageSize.Base ? 0 : MapFlags.HugeTlb);

    /// <summary>Results below 0 are errors; user addresses are not.</summary>
    private static long ToPages(long result) => result < 0 ? result : result >> 12;

    private long Break(Mm mm, long pages, ICharge payer)
    {
        ulong oldEnd = mm.Break, newEnd = oldEnd + ((ulong)pages << 12);
        return calls.Break(mm, newEnd, payer) == (long)newEnd ? (long)(oldEnd >> 12) : SystemError.ENOMEM.AsResult();
    }

    /// <summary>A file of the machine, opened once for all: large enough for any mapping. Its pages are not modelled: they behave as anonymous memory.</summary>
    private OpenFile? FileOf(int number)
    {
        if (number == 0) return null;
        if (!_files.TryGetValue(number, out OpenFile? file)) _files.Add(number, file = new OpenFile(new FileObject($"file{number}", FileBytes, FileKind.Disk), isWritable: true));
        return file;
    }
}
