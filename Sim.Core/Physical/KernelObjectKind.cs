using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Physical.Slab;

namespace Sim.Core.Physical;

/// <summary>Where the objects of a kind come from: a cache, or for kinds that are whole frames the page allocator.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Cache">Its cache, or null.</param>
/// <param name="FrameOrder">Without a cache, log2 of its frames.</param>
public sealed record KernelObjectKind(KernelObject Kind, CacheSpec? Cache, int FrameOrder = 0)
{
    /// <summary>
    /// The kinds in the order of <see cref="KernelObject"/>. Names and sizes are those of the recorded /proc/slabinfo (Linux 6.18, x86-64); there each has
    /// a cache of its own. A kernel stack is THREAD_SIZE, 16 KiB.
    /// </summary>
    public static IReadOnlyList<KernelObjectKind> All { get; } =
    [
        new(KernelObject.PageTable, null),
        new(KernelObject.VmArea, new CacheSpec("vm_area_struct", 192)),
        new(KernelObject.Mm, new CacheSpec("mm_struct", 1600)),
        new(KernelObject.AnonVma, new CacheSpec("anon_vma", 96) { HasConstructor = true }),
        new(KernelObject.AnonVmaChain, new CacheSpec("anon_vma_chain", 64)),
        new(KernelObject.Task, new CacheSpec("task_struct", 5888)),
        new(KernelObject.KernelStack, null, FrameOrder: 2),
        new(KernelObject.Signal, new CacheSpec("signal_cache", 1152)),
        new(KernelObject.SignalHandlers, new CacheSpec("sighand_cache", 2104) { HasConstructor = true }),
        new(KernelObject.Files, new CacheSpec("files_cache", 704)),
        new(KernelObject.Pid, new CacheSpec("pid", 192)),
        new(KernelObject.MapleNode, new CacheSpec("maple_node", 256)),
        new(KernelObject.VmaArrayPage, null),
    ];
}
