using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// Kernel objects packed without holes into slabs of the recorded geometry: a kind takes just as many slabs as its live objects fill.
/// What fragmentation inside slabs costs is for the slab policies, which stand behind the same interface. Kinds that are whole frames
/// (page tables, kernel stacks) come straight from the frame allocator.
/// </summary>
public sealed class PackedKernelObjects(PageAllocator allocator) : IKernelObjects
{
    private const AllocationFlags Flags = AllocationFlags.Kernel | AllocationFlags.Reserves;
    private readonly Cache[] _caches = KernelObjectSize.Recorded.Select(size => new Cache(size)).ToArray();
    private long _frames;

    /// <summary>Most memory that all kernel objects together ever took.</summary>
    public ByteSize Peak { get; private set; }

    public bool TryAllocate(KernelObject kind, ICharge payer, out FrameNumber frame)
    {
        Cache cache = _caches[(int)kind];
        frame = default;
        if (cache.IsWholeFrames)
        {
            if (!allocator.TryAllocate(cache.Size.SlabOrder, kind == KernelObject.PageTable ? FrameKind.PageTable : FrameKind.KernelStack,
                Flags, payer, out frame))
                return false;
            CountFrames(1 << cache.Size.SlabOrder);
        }
        else if (cache.Live == cache.Slabs.Count * (long)cache.Size.PerSlab)
        {
            if (!allocator.TryAllocate(cache.Size.SlabOrder, FrameKind.Slab, Flags, payer, out FrameNumber slab)) return false;
            cache.Slabs.Push(slab);
            CountFrames(1 << cache.Size.SlabOrder);
        }
        cache.Live++;
        payer.Charge(kind == KernelObject.PageTable ? Cost.TableAllocate : Cost.ObjectAllocate);
        return true;
    }

    public void Free(KernelObject kind, ICharge payer, FrameNumber frame = default)
    {
        Cache cache = _caches[(int)kind];
        if (cache.Live == 0) throw new InvalidOperationException($"a {kind} is freed that was never allocated");
        cache.Live--;
        payer.Charge(kind == KernelObject.PageTable ? Cost.TableFree : Cost.ObjectFree);
        bool emptiesSlab = cache.IsWholeFrames || cache.Live == (cache.Slabs.Count - 1) * (long)cache.Size.PerSlab;
        if (!emptiesSlab) return;
        allocator.Free(cache.IsWholeFrames ? frame : cache.Slabs.Pop(), cache.Size.SlabOrder, payer.Cpu);
        CountFrames(-(1 << cache.Size.SlabOrder));
    }

    public long CountOf(KernelObject kind) => _caches[(int)kind].Live;

    public ByteSize BytesOf(KernelObject kind) => ByteSize.OfPages(_caches[(int)kind].Frames);

    private void CountFrames(int frames)
    {
        _frames += frames;
        if (ByteSize.OfPages(_frames).Bytes > Peak.Bytes) Peak = ByteSize.OfPages(_frames);
    }

    private sealed class Cache(KernelObjectSize size)
    {
        public KernelObjectSize Size { get; } = size;
        public Stack<FrameNumber> Slabs { get; } = new();
        public long Live { get; set; }
        public bool IsWholeFrames => Size.PerSlab == 1;
        public long Frames => (IsWholeFrames ? Live : Slabs.Count) << Size.SlabOrder;
    }
}
