using System.Collections.Generic;
using Sim.Core.Metrics;

namespace Sim.Core.Hardware;

/// <summary>
/// The costs of a Linux 6.18 guest on a Zen 4 EPYC, in nanoseconds: low, base and high, such that the recorded composites come out near
/// their 10th percentile, median and 90th percentile. "recorded" is a number of costs.json, "cut" a part of one whose sum is recorded,
/// "assumed" a number that no recording fixes.
/// </summary>
internal static class EpycCosts
{
    public const string Name = "linux-6.18-epyc";

    public sealed record Row(Cost Cost, double Low, double Base, double High, string Source);

    public static IReadOnlyList<Row> Rows { get; } =
    [
        new(Cost.Reference, 1.15, 1.15, 1.3, "recorded: tlb l1_hit_ns, a dependent load that hits the first TLB level"),
        new(Cost.LowerTlbHit, 2.1, 2.1, 2.1, "recorded: tlb l1_miss_l2_hit_extra_ns"),
        new(Cost.WalkUpperEntry, 1.5, 2, 4, "cut from tlb page_walk_extra_ns_walk_cached, about 26 over a hit of the second level"),
        new(Cost.WalkLeafEntry, 15, 20, 100, "cut from the same; from memory 100 to 200"),
        new(Cost.FaultEntryExit, 500, 505, 510, "cut from zero_page_read_fault"),
        new(Cost.VmaLookup, 30, 30, 30, "cut from zero_page_read_fault"),
        new(Cost.VmaNodeVisit, 5, 15, 60, "assumed: a line of the second- or third-level cache, high: of memory half of the time; within zero_page_read_fault"),
        new(Cost.VmaCompare, 1, 1, 1.5, "assumed: load, compare and branch at 2.6 GHz; within zero_page_read_fault"),
        new(Cost.VmaEntryMove, 0.8, 1, 1.5, "assumed: 24 bytes of memmove at 16 to 30 GB/s"),
        new(Cost.EntryInstall, 225, 238, 250, "cut from zero_page_read_fault: a shadowed page-table write"),
        new(Cost.FrameAllocate, 150, 200, 220, "cut from anon_demand_zero_fault less zero_page_read_fault"),
        new(Cost.FrameFree, 180, 190, 205, "cut from munmap_teardown_per_resident_page"),
        new(Cost.PageAccount, 200, 250, 270, "cut from anon_demand_zero_fault less zero_page_read_fault"),
        new(Cost.PageZero, 620, 830, 930, "cut from anon_demand_zero_fault less zero_page_read_fault"),
        new(Cost.PageCopy, 1000, 1400, 1650, "cut from cow_fault_copy_4k less its other parts"),
        new(Cost.SharedPageCheck, 90, 130, 200, "cut from cow_fault_reuse_last_owner: the page's lock and counts"),
        new(Cost.EntryFork, 110, 135, 165, "recorded: fork_us_per_resident_MiB over 256 pages"),
        new(Cost.TableShare, 225, 238, 250, "assumed: a shadowed page-table write, as entry-install"),
        new(Cost.PageUnmap, 190, 196, 210, "cut from munmap_teardown_per_resident_page"),
        new(Cost.TableAllocate, 480, 500, 520, "cut from mmap_touch_munmap_4k less its parts"),
        new(Cost.TableFree, 320, 330, 340, "cut from mmap_touch_munmap_4k less its parts"),
        new(Cost.SystemCallEntryExit, 172, 229, 238, "recorded: syscall_getppid"),
        new(Cost.MapBase, 1870, 1870, 2000, "cut from mmap_munmap_pair_4k_untouched"),
        new(Cost.UnmapBase, 2010, 2010, 2170, "cut from mmap_munmap_pair_4k_untouched"),
        new(Cost.BreakBase, 900, 900, 1000, "assumed: no search for a gap"),
        new(Cost.ProtectBase, 2200, 2250, 2400, "cut from mprotect_split_plus_merge_pair_untouched"),
        new(Cost.RemapBase, 2500, 3000, 3500, "assumed: argument checks, and the search and accounting of mmap"),
        new(Cost.AdviseBase, 500, 600, 700, "assumed: argument checks and a walk of mappings"),
        new(Cost.EntryProtect, 82, 185, 230, "recorded: mprotect_rw_per_resident_page; no flush is in it"),
        new(Cost.EntryMove, 9.3, 11.5, 12.6, "recorded: mremap_move_per_page"),
        new(Cost.VmaInsert, 250, 250, 270, "cut from mmap_munmap_pair_4k_untouched"),
        new(Cost.VmaErase, 250, 250, 270, "cut from munmap_per_vma_10 less the teardown of its pages"),
        new(Cost.ObjectAllocate, 90, 90, 95, "assumed: a per-CPU slab hit, within mmap_munmap_pair_4k_untouched"),
        new(Cost.ObjectFree, 80, 80, 85, "assumed: as above"),
        new(Cost.SlabList, 40, 60, 120, "assumed: a lock and a few list entries out of cache"),
        new(Cost.SlabGrow, 200, 300, 500, "assumed: its free list written, counters"),
        new(Cost.ObjectConstruct, 5, 10, 20, "assumed: a list head and a lock"),
        new(Cost.VmallocArea, 300, 500, 800, "assumed: two trees of areas"),
        new(Cost.KernelMap, 20, 40, 240, "assumed: a page-table write that is not shadowed; high as a shadowed one"),
        new(Cost.CompactScan, 1000, 2500, 5000, "assumed: 512 frames at about 5"),
        new(Cost.PageMigrate, 1000, 1500, 2500, "assumed: a copy (cow_fault_copy_4k less zero_page_read_fault is 2360 with its allocation), reverse map and two entries"),
        new(Cost.ReclaimScan, 60, 80, 150, "assumed: one page of a list, its folio out of cache"),
        new(Cost.ReclaimUnmap, 400, 500, 800, "assumed: reverse map, entry and flush of one page"),
        new(Cost.DeviceSubmit, 1000, 1500, 3000, "assumed: block layer and doorbell"),
        new(Cost.PageWriteBack, 200, 400, 800, "assumed: page-account twice, for what it does backwards and for the request"),
        new(Cost.DeviceInterrupt, 1000, 1500, 3000, "assumed: interrupt and completion"),
        new(Cost.ContextSwitch, 2100, 2280, 2750, "recorded: ctxsw_processes_pipe_same_core_oneway less pipe_write_read_no_switch"),
        new(Cost.KernelThreadSwitch, 1500, 2000, 2750, "assumed: a context switch less a program's registers and the return to it"),
        new(Cost.AddressSpaceSwitch, 0, 50, 100, "assumed: recorded threads and processes do not differ measurably"),
        new(Cost.ThreadCreate, 20_000, 25_000, 30_000, "assumed: less than fork_call_0MiB"),
        new(Cost.ThreadExit, 10_000, 12_000, 15_000, "assumed: less than fork_exit_wait_0MiB"),
        new(Cost.ForkBase, 52_000, 53_000, 58_000, "cut from fork_call_0MiB"),
        new(Cost.ExecBase, 200_000, 300_000, 500_000, "assumed: three to five times a fork"),
        new(Cost.ProcessExit, 74_000, 77_000, 115_000, "cut from fork_exit_wait_0MiB"),
        new(Cost.Reap, 1_500, 2_000, 3_000, "assumed: within fork_exit_wait_0MiB"),
        new(Cost.SignalSend, 700, 1_000, 2_000, "assumed"),
        new(Cost.TlbFlushPage, 360, 380, 400, "cut from zero_page_then_write_fault less anon_demand_zero_fault"),
        new(Cost.TlbFlushAll, 200, 300, 500, "assumed: reload of the page-table root"),
        new(Cost.InterruptSend, 300, 500, 1000, "assumed: a paravirtual IPI"),
        new(Cost.InterruptDelivery, 1000, 1000, 1000, "assumed; the causal window, so the same in every preset"),
        new(Cost.InterruptHandle, 300, 500, 1000, "assumed: entry, flush, acknowledgement"),
    ];
}
