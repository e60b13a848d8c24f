using System.Collections.Generic;
using Sim.Core.Contracts;

namespace Sim.Core.Physical;

/// <summary>How objects of one kind are packed into frames.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="CacheName">The slab cache that holds it in the recorded kernel.</param>
/// <param name="Bytes">Bytes of one object.</param>
/// <param name="PerSlab">Objects in a slab.</param>
/// <param name="SlabOrder">log2 of the frames of a slab.</param>
public sealed record KernelObjectSize(KernelObject Kind, string CacheName, int Bytes, int PerSlab, int SlabOrder)
{
    /// <summary>
    /// The recorded geometry (/proc/slabinfo of Linux 6.18 on x86-64, two CPUs), in the order of <see cref="KernelObject"/>.
    /// A kernel stack is THREAD_SIZE, 16 KiB.
    /// </summary>
    public static IReadOnlyList<KernelObjectSize> Recorded { get; } =
    [
        new(KernelObject.PageTable, "page table", 4096, 1, 0),
        new(KernelObject.VmArea, "vm_area_struct", 192, 21, 0),
        new(KernelObject.Mm, "mm_struct", 1600, 20, 3),
        new(KernelObject.AnonVma, "anon_vma", 104, 39, 0),
        new(KernelObject.AnonVmaChain, "anon_vma_chain", 64, 64, 0),
        new(KernelObject.Task, "task_struct", 5888, 5, 3),
        new(KernelObject.KernelStack, "kernel stack", 16384, 1, 2),
        new(KernelObject.Signal, "signal_cache", 1152, 14, 2),
        new(KernelObject.SignalHandlers, "sighand_cache", 2112, 15, 3),
        new(KernelObject.Files, "files_cache", 704, 23, 2),
        new(KernelObject.Pid, "pid", 192, 21, 0),
    ];
}
