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
public sealed class PackedKernelObjects(BuddyAllocator allocator) : IKernelObjects
{
    private readonly Cache[] _caches = KernelObjectSize.Recorded.Select(size => new Cache(size)).ToArray();

    public bool TryAllocate(KernelObject kind, ICharge payer, out FrameNumber frame)
    {
        Cache cache = _caches[(int)kind];
        frame = default;
        if (cache.IsWholeFrames)
        {
            if (!allocator.TryAllocate(cache.Size.SlabOrder, kind == KernelObject.PageTable ? FrameKind.PageTable : FrameKind.KernelStack, out frame))
                return false;
        }
        else if (cache.Live == cache.Slabs.Count * (long)cache.Size.PerSlab)
        {
            if (!allocator.TryAllocate(cache.Size.SlabOrder, FrameKind.Slab, out FrameNumber slab)) return false;
            cache.Slabs.Push(slab);
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
        if (cache.IsWholeFrames) allocator.Free(frame, cache.Size.SlabOrder);
        else if (cache.Live == (cache.Slabs.Count - 1) * (long)cache.Size.PerSlab) allocator.Free(cache.Slabs.Pop(), cache.Size.SlabOrder);
    }

    public long CountOf(KernelObject kind) => _caches[(int)kind].Live;

    public ByteSize BytesOf(KernelObject kind) => ByteSize.OfPages(_caches[(int)kind].Frames);

    private sealed class Cache(KernelObjectSize size)
    {
        public KernelObjectSize Size { get; } = size;
        public Stack<FrameNumber> Slabs { get; } = new();
        public long Live { get; set; }
        public bool IsWholeFrames => Size.PerSlab == 1;
        public long Frames => (IsWholeFrames ? Live : Slabs.Count) << Size.SlabOrder;
    }
}
