using System;
using System.Collections.Generic;
using System.Globalization;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Workloads.Programs;

namespace Sim.Lab.Programs;

/// <summary>The calls on one address space. Whatever chose an address when it was recorded chooses the same one here.</summary>
internal sealed class ReplayedCalls
{
    private const ulong StackPages = 33;
    private const ulong StackKind = 1;

    /// <summary>How long a program's own file is does not stand in a recording. No more of it is cached than is mapped, so that faults do not go beyond its end.</summary>
    private const ulong UnknownLength = 1UL << 46;

    private readonly PagedKernel _kernel;
    private readonly ReplayedFiles _files;
    private readonly Dictionary<ulong, (ulong Inode, ulong Bytes, OpenFile File)> _open;
    private readonly Dictionary<ulong, OpenFile> _program = [];
    private (string Path, ulong Inode, ulong Bytes)? _named;
    private bool _hasHeap;
    private ulong _heapStart;

    /// <summary>The calls on an address space.</summary>
    public ReplayedCalls(PagedKernel kernel, ReplayedFiles files, Mm memory) => (_kernel, _files, _open, Memory) = (kernel, files, [], memory);

    private ReplayedCalls(ReplayedCalls parent, Mm memory)
    {
        (_kernel, _files, Memory) = (parent._kernel, parent._files, memory);
        (_hasHeap, _heapStart, _open) = (parent._hasHeap, parent._heapStart, new(parent._open));
    }

    /// <summary>The address space.</summary>
    public Mm Memory { get; }

    /// <summary>A child's, on a copy of the memory.</summary>
    public ReplayedCalls Fork() => new(this, _kernel.Fork(Memory));

    /// <summary>A child's, in the same memory.</summary>
    public ReplayedCalls Share() => new(this, Memory);

    /// <summary>
    /// Maps what a program begins with. The recorder's stack is a fixed mapping with a guard below; the kernel's begins with 33 pages, grows down, and has
    /// no guard that is a mapping.
    /// </summary>
    public void MapInitially(ProgramRecording recording)
    {
        ReadOnlySpan<ulong> fields = recording.Fields;
        (ulong start, ulong end, var access, ulong offset, ulong inode) = (fields[0], fields[1], (Protection)(fields[2] & 7), fields[3], fields[4]);
        if (end <= start) throw recording.Error($"the mapping {start:x}-{end:x} is empty or ends before it begins");
        const MapFlags anonymous = MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed;
        if (inode == 0)
        {
            if (access == Protection.None) return;
            bool isStack = fields[5] == StackKind;
            if (isStack) start = ulong.Max(start, end - (StackPages << 12));
            Map(recording, new MapRequest(start, end - start, access, anonymous | (isStack ? MapFlags.GrowsDown : 0)));
            return;
        }
        if (!_program.TryGetValue(inode, out OpenFile? file)) _program.Add(inode, file = _files.Open(recording.Path, inode, UnknownLength));
        Map(recording, new MapRequest(start, end - start, access, MapFlags.Private | MapFlags.Fixed, file, offset));
    }

    /// <summary>Keeps the file that the next call names.</summary>
    public void Name(ProgramRecording recording) => _named = (recording.Path, recording.Fields[2], recording.Fields[1]);

    /// <summary>Executes a call that changes mappings; others have no effect here.</summary>
    public void Execute(SystemCall call, ProgramRecording recording)
    {
        ReadOnlySpan<ulong> fields = recording.Fields;
        (ulong first, ulong second, ulong third, long result) = (fields[1], fields[2], fields[3], (long)fields[7]);
        ICharge payer = _kernel.Payer;
        switch (call)
        {
            case SystemCall.Close:
                _open.Remove(first);
                break;
            case SystemCall.Map when result >= 0:
                Map(recording);
                break;
            case SystemCall.Unmap:
                _kernel.Calls.Unmap(Memory, first, second, payer);
                break;
            case SystemCall.Protect:
                _kernel.Calls.Protect(Memory, first, second, (Protection)(third & 7), payer);
                break;
            case SystemCall.Break:
                Break(recording, (ulong)result);
                break;
            case SystemCall.Remap when result >= 0:
                Remap(recording);
                break;
            case SystemCall.Synchronise when result >= 0:
                _kernel.Calls.Synchronise(Memory, first, second, (SyncFlags)third, payer);
                _kernel.FinishRequests();
                break;
            case SystemCall.Advise:
                _kernel.Calls.Advise(Memory, first, second, (Advice)third, payer);
                break;
            case SystemCall.SegmentGet when result >= 0:
                _files.Segments.Get(recording);
                break;
            case SystemCall.SegmentAttach when result >= 0:
                Check(recording, _files.Segments.Attach(Memory, recording), (ulong)result);
                break;
            case SystemCall.SegmentControl when result >= 0:
                _files.Segments.Control(recording);
                break;
            case SystemCall.SegmentDetach when result >= 0:
                _kernel.Calls.Segments.Detach(Memory, first, payer);
                break;
            case SystemCall.Lock when result >= 0:
                _kernel.Calls.Lock(Memory, first, second, onFault: false, payer);
                break;
            case SystemCall.Unlock when result >= 0:
                _kernel.Calls.Unlock(Memory, first, second, payer);
                break;
        }
        _named = null;
    }

    private void Map(ProgramRecording recording)
    {
        ReadOnlySpan<ulong> fields = recording.Fields;
        (ulong bytes, var access, var flags, ulong descriptor, ulong offset) = (fields[2], (Protection)(fields[3] & 7), (MapFlags)fields[4], fields[5], fields[6]);
        flags = (flags & ~MapFlags.FixedNoReplace) | MapFlags.Fixed;
        OpenFile? file = null;
        if ((flags & MapFlags.Anonymous) == 0)
        {
            if (_named is not { } named) throw recording.Error("a file is mapped, and no record before says which");
            // A device has no length, and shows memory as far as it is mapped.
            ulong length = named.Bytes > 0 ? named.Bytes : offset + bytes;
            if (!_open.TryGetValue(descriptor, out var open) || open.Inode != named.Inode || open.Bytes != length)
                _open[descriptor] = open = (named.Inode, length, _files.Open(named.Path, named.Inode, length));
            file = open.File;
        }
        Map(recording, new MapRequest(fields[7], bytes, access, flags, file, offset));
    }

    private void Map(ProgramRecording recording, in MapRequest request)
    {
        // What it populates at once must be cached before.
        if (request.File is { Object: { Kind: FileKind.Disk } file } && !_files.TryWarm(file, request.Offset >> 12, AddressSpaceLayout.PagesOf(request.Bytes)))
            throw recording.Error($"the machine's memory is exhausted by the pages of {file.Name}; give it more with --set machine.memory=64GiB");
        Check(recording, _kernel.Calls.Map(Memory, request, _kernel.Payer), request.Address);
    }

    private void Remap(ProgramRecording recording)
    {
        ReadOnlySpan<ulong> fields = recording.Fields;
        ulong to = fields[7];
        RemapFlags flags = to == fields[1] ? RemapFlags.None : ((RemapFlags)fields[4] & RemapFlags.DontUnmap) | RemapFlags.MayMove | RemapFlags.Fixed;
        Check(recording, _kernel.Calls.Remap(Memory, new RemapRequest(fields[1], fields[2], fields[3], flags, to), _kernel.Payer), to);
    }

    /// <summary>The first result says where the heap begins. Where the kernel would keep a page free above it, the recorder did not.</summary>
    private void Break(ProgramRecording recording, ulong result)
    {
        if (!_hasHeap)
        {
            (_hasHeap, _heapStart) = (true, result);
            Memory.PlaceHeap(result, result);
        }
        ulong old = AddressSpaceLayout.PagesOf(Memory.Break), end = AddressSpaceLayout.PagesOf(result);
        if (_kernel.Calls.Break(Memory, result, _kernel.Payer) == (long)result) return;
        if (end <= old) throw recording.Error($"brk gave {result:x} when it was recorded, which is below the heap");
        Map(recording, new MapRequest(old << 12, (end - old) << 12, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.Fixed));
        Memory.PlaceHeap(_heapStart, result);
    }

    private static void Check(ProgramRecording recording, long result, ulong recorded)
    {
        if (result == (long)recorded) return;
        if (result == SystemError.ENOMEM.AsResult())
            throw recording.Error($"there is no memory for the mapping at {recorded:x}; give the machine more with --set machine.memory=64GiB");
        string here = result < 0 ? ((SystemError)(-result)).ToString() : result.ToString("x", CultureInfo.InvariantCulture);
        throw recording.Error($"the mapping at {recorded:x} was made when it was recorded, and here the answer is {here}");
    }
}
