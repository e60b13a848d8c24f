using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Workloads.Mappings;

namespace Sim.Workloads.Programs;

/// <summary>Turns the calls and references of a mapping model, which are in regions, into those of a program, by where the kernel put the regions.</summary>
internal sealed class MappingSource(IMappingModel model)
{
    private readonly Dictionary<int, ulong> _firstPages = [];

    /// <summary>The next call.</summary>
    public TaskStep Next(out MappingCall call)
    {
        call = model.Next();
        ulong page = _firstPages.GetValueOrDefault(call.Kind == MappingCallKind.Map ? call.Near : call.Region);
        // A hint may lie below the region that it is near to: the offset is then negative.
        if (page != 0) page += (ulong)call.Offset;
        return call.Kind switch
        {
            MappingCallKind.Map => new TaskStep(TaskStepKind.MapWith, Mapping: Map(call, page, 0)),
            MappingCallKind.MapInside => new TaskStep(TaskStepKind.MapWith, Mapping: Map(call, page, MapFlags.Fixed)),
            MappingCallKind.Unmap => new TaskStep(TaskStepKind.Unmap, (long)page, call.Pages),
            MappingCallKind.Protect => new TaskStep(TaskStepKind.Protect, Mapping: new MappingArguments(page, (ulong)call.Pages, (int)call.Protection)),
            MappingCallKind.Resize => new TaskStep(TaskStepKind.Remap,
                Mapping: new MappingArguments(page, (ulong)call.Pages, Flags: (int)RemapFlags.MayMove, NewPages: (ulong)call.NewPages)),
            MappingCallKind.Break => new TaskStep(TaskStepKind.Break, call.Pages),
            _ => throw new InvalidOperationException($"a {call.Kind} call is unknown"),
        };
    }

    /// <summary>What a call returned that did not fail: where its region is.</summary>
    public void OnResult(MappingCall call, long result)
    {
        if (call.Kind is MappingCallKind.Map or MappingCallKind.Resize) _firstPages[call.Region] = (ulong)result;
        else if (call.Kind == MappingCallKind.Break) _firstPages.TryAdd(MappingCall.Heap, (ulong)result);
        else if (call is { Kind: MappingCallKind.Unmap, Offset: 0 }) _firstPages.Remove(call.Region);
    }

    /// <summary>Fills <paramref name="words"/> with references.</summary>
    public void Fill(Span<ulong> words)
    {
        foreach (ref ulong word in words)
        {
            MappedPage reference = model.Reference();
            word = ReferenceWord.Of(_firstPages[reference.Region] + (ulong)reference.Page, reference.IsStore ? ReferenceWord.Store : 0);
        }
    }

    private static MappingArguments Map(MappingCall call, ulong page, MapFlags flags)
    {
        flags |= MapFlags.Private | (call.File == 0 ? MapFlags.Anonymous : 0) | (call.Protection == Protection.None ? MapFlags.NoReserve : 0);
        return new MappingArguments(page, (ulong)call.Pages, (int)call.Protection, (int)flags, File: call.File, FileOffset: (ulong)call.FileOffset);
    }
}
