using System.Collections.Generic;
using System.Linq;

namespace Sim.Core.Metrics;

/// <summary>The names of the counters in results, and what each counts.</summary>
public static class CounterNames
{
    private static readonly (Counter Counter, string Name, string Meaning)[] Table =
    [
        (Counter.References, "references", "user memory references"),
        (Counter.Pgfault, "pgfault", "page faults, minor and major"),
        (Counter.Pgmajfault, "pgmajfault", "page faults that read their page from a device"),
        (Counter.PageInsertions, "page_insertions", "pages brought into user frames: the misses of page replacement"),
        (Counter.TlbFirstLevelMisses, "tlb_l1_misses", "references that missed the first TLB level"),
        (Counter.TlbMisses, "tlb_misses", "references that missed every TLB level and walked the page table"),
        (Counter.WalkReferences, "walk_references", "page-table entries read by walks"),
        (Counter.Pswpin, "pswpin", "pages read from the swap device"),
        (Counter.Pswpout, "pswpout", "pages written to the swap device"),
        (Counter.PgscanDirect, "pgscan_direct", "victims that direct reclaim looked at"),
        (Counter.PgstealDirect, "pgsteal_direct", "pages that direct reclaim took"),
        (Counter.Allocstall, "allocstall", "allocations that had to reclaim first"),
        (Counter.WorkingsetRefaultAnon, "workingset_refault_anon", "faults on anonymous pages that had been evicted"),
        (Counter.WorkingsetRefaultFile, "workingset_refault_file", "pages of files brought in that had been evicted"),
        (Counter.PagesUnasked, "pages_unasked", "anonymous pages that came with another one's fault"),
        (Counter.SwapRa, "swap_ra", "pages read ahead from swap"),
        (Counter.SwapRaHit, "swap_ra_hit", "of these, pages that a fault found in memory, or on their way there"),
        (Counter.FileReadRequests, "file_read_requests", "requests to read from the device of the files"),
        (Counter.FilePagesRead, "file_pages_read", "pages of files read, ahead or not"),
        (Counter.FileWriteRequests, "file_write_requests", "requests to write pages of files back, but for those of evicted ones"),
        (Counter.NrDirtied, "nr_dirtied", "pages of files that came to hold what their file did not"),
        (Counter.NrWritten, "nr_written", "pages of files written back"),
        (Counter.PgtablePagesAllocated, "pgtable_pages_allocated", "page-table pages allocated"),
        (Counter.TlbLocalFlushAll, "nr_tlb_local_flush_all", "whole flushes of a CPU's own TLB"),
        (Counter.TlbLocalFlushOne, "nr_tlb_local_flush_one", "single-page flushes of a CPU's own TLB"),
        (Counter.TlbRemoteFlush, "nr_tlb_remote_flush", "TLB shootdowns sent to other CPUs"),
        (Counter.TlbRemoteFlushReceived, "nr_tlb_remote_flush_received", "TLB shootdowns received"),
        (Counter.ContextSwitches, "nr_context_switches", "switches from one task to another"),
        (Counter.ContextSwitchesSameMm, "nr_context_switches_same_mm", "of these, those to a task whose address space was loaded already"),
        (Counter.ContextSwitchesOtherMm, "nr_context_switches_other_mm", "of these, those to a task of another address space"),
        (Counter.ContextSwitchesKernelThread, "nr_context_switches_kernel_thread", "of these, those to a kernel thread"),
        (Counter.AddressSpaceSwitches, "nr_mm_switches", "changes of the page table that a CPU has loaded, those to the kernel's own among them"),
        (Counter.LazyTlbBorrows, "nr_lazy_tlb", "times that a CPU went idle or to a kernel thread and kept the address space that it had"),
        (Counter.LazyTlbSpared, "nr_lazy_tlb_spared", "TLB shootdowns that were not sent to a CPU because it had only borrowed the address space"),
        (Counter.LazyTlbFlushes, "nr_lazy_tlb_flush", "flushes by a CPU that came back to an address space it had borrowed, and had been spared a shootdown of"),
        (Counter.SystemCalls, "nr_syscalls", "system calls"),
        (Counter.MmLockAcquired, "mm_lock_acquired", "times that a fault or call took the lock of its address space"),
        (Counter.MmLockContended, "mm_lock_contended", "of these, times that it had to wait"),
        (Counter.VmaLockSuccess, "vma_lock_success", "faults that took the lock of their mapping alone"),
        (Counter.MappingCalls, "nr_mapping_calls", "calls on mappings: mmap, munmap, brk, mprotect, mremap, madvise, mlock and munlock"),
        (Counter.VmaMerges, "vma_merges", "mappings that extended or joined a neighbour"),
        (Counter.VmaSplits, "vma_splits", "mappings that were cut in two"),
        (Counter.VmaLookups, "vma_lookups", "page faults that looked for their mapping"),
        (Counter.VmaLookupComparisons, "vma_lookup_comparisons", "addresses that these lookups compared"),
        (Counter.VmaLookupVisits, "vma_lookup_visits", "nodes of the index that these lookups read"),
        (Counter.VmaIndexComparisons, "vma_index_comparisons", "addresses and lengths that the index compared, in faults and mapping calls"),
        (Counter.VmaIndexVisits, "vma_index_visits", "nodes that the index read, in faults and mapping calls"),
        (Counter.VmaIndexMoves, "vma_index_moves", "entries that the index moved within an array or between nodes"),
        (Counter.VmaIndexAllocations, "vma_index_allocations", "nodes that the index allocated, copies of changed nodes among them"),
        (Counter.MergeRefusedBoundary, "merge_refused_boundary", "neighbours that a range did not merge with because they do not touch"),
        (Counter.MergeRefusedProtection, "merge_refused_protection", "neighbours not merged with because they allow other access"),
        (Counter.MergeRefusedFlags, "merge_refused_flags", "neighbours not merged with because another flag differs"),
        (Counter.MergeRefusedFile, "merge_refused_file", "neighbours not merged with because they map another open file"),
        (Counter.MergeRefusedOffset, "merge_refused_offset", "neighbours not merged with because their pages are not consecutive"),
        (Counter.MergeRefusedAnonVma, "merge_refused_anon_vma", "neighbours not merged with because their anonymous pages are of different origin"),
        (Counter.MergeRefusedPolicy, "merge_refused_policy", "neighbours not merged with because the vma-merge policy did not want it"),
        (Counter.SegmentationFaults, "sigsegv", "processes killed for touching what they had not mapped"),
        (Counter.OomKill, "oom_kill", "processes killed because memory and swap ran out"),
        (Counter.CompactStall, "compact_stall", "allocations that compacted first"),
        (Counter.CompactSuccess, "compact_success", "compactions after which there was a block large enough"),
        (Counter.CompactFail, "compact_fail", "compactions after which there was none"),
        (Counter.CompactMigrateScanned, "compact_migrate_scanned", "frames that compaction searched for pages to move"),
        (Counter.CompactFreeScanned, "compact_free_scanned", "frames that compaction searched for room"),
        (Counter.PgmigrateSuccess, "pgmigrate_success", "pages moved to another frame"),
        (Counter.PgmigrateFail, "pgmigrate_fail", "pages that could not be moved"),
        (Counter.HtlbBuddyAllocSuccess, "htlb_buddy_alloc_success", "2 MiB pages allocated"),
        (Counter.HtlbBuddyAllocFail, "htlb_buddy_alloc_fail", "2 MiB pages that no block could be had for"),
        (Counter.KernelAllocations, "kernel_allocations", "allocations that kernel steps of programs asked for and got"),
        (Counter.KernelAllocationFailures, "kernel_allocation_failures", "allocations that kernel steps of programs asked for and did not get"),
        (Counter.Forks, "forks", "children that were started"),
        (Counter.ForkCopies, "fork_copies", "pages that fork copied at once"),
        (Counter.CowCopies, "cow_copies", "pages copied at a store, because others had them too"),
        (Counter.CowReuses, "cow_reuses", "pages taken over at a store, because nobody else had them any more"),
        (Counter.TablesShared, "tables_shared", "leaf tables that fork gave to a child too instead of copying their entries"),
        (Counter.TableCopies, "table_copies", "shared leaf tables copied because one side was about to change them"),
    ];

    /// <summary>All counters in the order of <see cref="Counter"/>.</summary>
    public static IReadOnlyList<(Counter Counter, string Name, string Meaning)> All => Table;

    /// <summary>The column name of a counter.</summary>
    public static string Name(this Counter counter) => Table[(int)counter].Name;

    /// <summary>How many counters there are.</summary>
    public static int Count { get; } = Table.Select((row, index) => (int)row.Counter == index ? 1 : throw new System.InvalidOperationException(
        $"counter {row.Counter} stands at {index}")).Sum();
}
