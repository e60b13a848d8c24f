namespace Sim.Core.Metrics;

/// <summary>
/// The named steps that take time. Each is charged once where it happens; what a cost is worth, and where the number comes from,
/// stands in the cost model.
/// </summary>
public enum Cost
{
    /// <summary>One reference whose translation is in the first TLB level, with the instructions around it.</summary>
    Reference,

    /// <summary>A hit in a TLB level, for each level below the first.</summary>
    LowerTlbHit,

    /// <summary>Reading one page-table entry above the leaf.</summary>
    WalkUpperEntry,

    /// <summary>Reading the leaf entry.</summary>
    WalkLeafEntry,

    /// <summary>Entering the kernel by a page fault and returning.</summary>
    FaultEntryExit,

    /// <summary>Finding the VMA of an address, beside what the index does: the lock of the VMA, checks.</summary>
    VmaLookup,

    /// <summary>The index of mappings: reading a node that the one before it named.</summary>
    VmaNodeVisit,

    /// <summary>The index of mappings: comparing an address or a length with what a node says.</summary>
    VmaCompare,

    /// <summary>The index of mappings: moving one entry of an array, or of a node to another.</summary>
    VmaEntryMove,

    /// <summary>Writing a page-table entry.</summary>
    EntryInstall,

    /// <summary>Taking a frame from the allocator.</summary>
    FrameAllocate,

    /// <summary>Giving a frame back to the allocator.</summary>
    FrameFree,

    /// <summary>Accounting a new page: reverse map, replacement lists, memory group.</summary>
    PageAccount,

    /// <summary>Clearing a page.</summary>
    PageZero,

    /// <summary>Copying a page.</summary>
    PageCopy,

    /// <summary>Finding out at a store whether a page that a fork shared has other owners still.</summary>
    SharedPageCheck,

    /// <summary>Giving a child one entry: copied, write-protected on both sides, counted.</summary>
    EntryFork,

    /// <summary>Sharing a leaf table with a child, giving a part in one up, or making one one's own that nobody else has any more: the entry above it and its count.</summary>
    TableShare,

    /// <summary>Removing a mapped page: its entry, reverse map and lists.</summary>
    PageUnmap,

    /// <summary>Allocating, clearing and hooking in a page-table page.</summary>
    TableAllocate,

    /// <summary>Unhooking and freeing a page-table page.</summary>
    TableFree,

    /// <summary>Entering the kernel by a system call and returning.</summary>
    SystemCallEntryExit,

    /// <summary>mmap beside its VMA: argument checks, the search for a gap, accounting.</summary>
    MapBase,

    /// <summary>munmap beside its VMAs and pages.</summary>
    UnmapBase,

    /// <summary>brk beside its VMA.</summary>
    BreakBase,

    /// <summary>mprotect beside its VMAs and pages.</summary>
    ProtectBase,

    /// <summary>mremap beside its VMAs and pages.</summary>
    RemapBase,

    /// <summary>madvise, mlock and munlock beside their VMAs and pages.</summary>
    AdviseBase,

    /// <summary>Changing what a page's entry permits.</summary>
    EntryProtect,

    /// <summary>Moving a page's entry to another place in the table.</summary>
    EntryMove,

    /// <summary>Setting a VMA up and linking it into the list; what the index does is charged beside it.</summary>
    VmaInsert,

    /// <summary>Unlinking a VMA; what the index does is charged beside it.</summary>
    VmaErase,

    /// <summary>Allocating a small kernel object.</summary>
    ObjectAllocate,

    /// <summary>Freeing a small kernel object.</summary>
    ObjectFree,

    /// <summary>Going to a cache's lists of slabs under their lock, for a slab or a batch of objects.</summary>
    SlabList,

    /// <summary>Setting up a new slab, its frames aside.</summary>
    SlabGrow,

    /// <summary>Constructing one object of a new slab.</summary>
    ObjectConstruct,

    /// <summary>Finding or giving back the addresses of a vmalloc area.</summary>
    VmallocArea,

    /// <summary>Writing one entry of the kernel's own page table.</summary>
    KernelMap,

    /// <summary>Compaction's look at one page block.</summary>
    CompactScan,

    /// <summary>Moving one page for compaction: its copy, its reverse map and entry.</summary>
    PageMigrate,

    /// <summary>Looking at one page on a replacement list.</summary>
    ReclaimScan,

    /// <summary>Taking a page from its mapping during reclaim.</summary>
    ReclaimUnmap,

    /// <summary>Queueing a request at a device.</summary>
    DeviceSubmit,

    /// <summary>Writing one dirty page of a file back, its entries and the request aside: found by its tag, locked, made clean, put into the request.</summary>
    PageWriteBack,

    /// <summary>The interrupt that ends a request.</summary>
    DeviceInterrupt,

    /// <summary>From one task to another: scheduler, registers, stacks.</summary>
    ContextSwitch,

    /// <summary>From a task to a kernel thread: as that, without a return to a program.</summary>
    KernelThreadSwitch,

    /// <summary>More, when another page table is loaded: the next task has another address space, or the kernel loads its own.</summary>
    AddressSpaceSwitch,

    /// <summary>Starting a thread.</summary>
    ThreadCreate,

    /// <summary>Ending a thread, its address space aside.</summary>
    ThreadExit,

    /// <summary>fork beside the mappings, tables and pages that it copies: task, signals, files, and the image of a small program.</summary>
    ForkBase,

    /// <summary>exec beside its mappings: the file's headers, arguments, signals.</summary>
    ExecBase,

    /// <summary>The end of a process that fork made, beside its last thread and its memory: files, signals, telling the parent.</summary>
    ProcessExit,

    /// <summary>Reaping a child that has ended.</summary>
    Reap,

    /// <summary>Sending a signal.</summary>
    SignalSend,

    /// <summary>Flushing one page from the CPU's own TLB.</summary>
    TlbFlushPage,

    /// <summary>Flushing the CPU's own TLB.</summary>
    TlbFlushAll,

    /// <summary>Sending a shootdown.</summary>
    InterruptSend,

    /// <summary>From sending an inter-processor interrupt to its handler. Also the causal window between CPUs.</summary>
    InterruptDelivery,

    /// <summary>Receiving a shootdown.</summary>
    InterruptHandle,
}
