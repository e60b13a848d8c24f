namespace Sim.Core.Contracts;

/// <summary>One step of a task's program.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="First">The step's first argument, as its kind says.</param>
/// <param name="Second">The step's second argument.</param>
/// <param name="Program">The program of a new thread or process, or the one that takes this one's place.</param>
/// <param name="Mapping">The arguments of a call on mappings that has more than two.</param>
/// <param name="Name">The name of another process.</param>
/// <param name="Third">The step's third argument.</param>
public readonly record struct TaskStep(
    TaskStepKind Kind, long First = 0, long Second = 0, ITaskProgram? Program = null, MappingArguments Mapping = default, string? Name = null, long Third = 0);

/// <summary>The kinds of step.</summary>
public enum TaskStepKind
{
    /// <summary>Make the first <see cref="TaskStep.First"/> references of the block.</summary>
    Access,

    /// <summary>Compute for <see cref="TaskStep.First"/> picoseconds without touching memory.</summary>
    Compute,

    /// <summary>Sleep for <see cref="TaskStep.First"/> picoseconds.</summary>
    Sleep,

    /// <summary>Sleep until the next time that is a multiple of <see cref="TaskStep.First"/> picoseconds.</summary>
    SleepToMultiple,

    /// <summary>
    /// mmap <see cref="TaskStep.First"/> pages, readable and writable, anonymous; <see cref="TaskStep.Second"/> is the page size's number, and
    /// <see cref="TaskStep.Third"/> 1 to populate them. Returns the first page.
    /// </summary>
    Map,

    /// <summary>munmap <see cref="TaskStep.Second"/> pages from page <see cref="TaskStep.First"/>.</summary>
    Unmap,

    /// <summary>Move the end of the heap by <see cref="TaskStep.First"/> pages. Returns the old end.</summary>
    Break,

    /// <summary>mmap with all its arguments: Page, Pages, Protection, Flags, File, FileOffset. Returns the first page.</summary>
    MapWith,

    /// <summary>mprotect: Page, Pages, Protection.</summary>
    Protect,

    /// <summary>mremap: Page, Pages, NewPages, Flags, NewPage. Returns the first page.</summary>
    Remap,

    /// <summary>madvise: Page, Pages, and the advice in Flags.</summary>
    Advise,

    /// <summary>mlock, or mlock2 with 1 (MLOCK_ONFAULT) in Flags: Page, Pages.</summary>
    Lock,

    /// <summary>munlock: Page, Pages.</summary>
    Unlock,

    /// <summary>msync(MS_SYNC): Page, Pages. Waits until all is written.</summary>
    Synchronise,

    /// <summary>Read <see cref="TaskStep.Third"/> bytes of the file <see cref="TaskStep.First"/> from byte <see cref="TaskStep.Second"/> on, by a call. Returns how many.</summary>
    FileRead,

    /// <summary>Write <see cref="TaskStep.Third"/> bytes of the file <see cref="TaskStep.First"/> from byte <see cref="TaskStep.Second"/> on, by a call. Returns how many.</summary>
    FileWrite,

    /// <summary>fsync of the file <see cref="TaskStep.First"/>: waits until all is written.</summary>
    FileSync,

    /// <summary>ftruncate of the file <see cref="TaskStep.First"/> to <see cref="TaskStep.Second"/> bytes.</summary>
    FileTruncate,

    /// <summary>posix_fadvise(POSIX_FADV_DONTNEED) of the whole file <see cref="TaskStep.First"/>.</summary>
    FileDrop,

    /// <summary>Write some of what is due back, or sleep until something is: the flusher.</summary>
    WriteBack,

    /// <summary>
    /// shmget and shmat: maps the System V segment whose key is <see cref="TaskStep.Second"/>, made with <see cref="TaskStep.First"/> pages if it is not
    /// there; with key 0 a new one, which goes when nobody has it any more. Returns the first page.
    /// </summary>
    Attach,

    /// <summary>
    /// Allocate <see cref="TaskStep.First"/> bytes of the kernel's memory as the <see cref="KernelRequest"/> <see cref="TaskStep.Second"/> says. Returns a
    /// number for it.
    /// </summary>
    KernelAllocate,

    /// <summary>Free the kernel's memory that has the number <see cref="TaskStep.First"/>.</summary>
    KernelFree,

    /// <summary>Start a thread in the same address space with <see cref="TaskStep.Program"/>.</summary>
    Clone,

    /// <summary>Wait until all threads that this one has started have ended.</summary>
    Join,

    /// <summary>Start a child with <see cref="TaskStep.Program"/>, as the `fork` policy says. Returns its number.</summary>
    Fork,

    /// <summary>
    /// Put the image of another program in the place of this one, and go on with <see cref="TaskStep.Program"/>. Pages of code, data and data that begins
    /// as zeros in Page, Pages and NewPages.
    /// </summary>
    Exec,

    /// <summary>Wait until a child has ended, or with 1 in <see cref="TaskStep.First"/> until all have. Returns the number of the last one reaped.</summary>
    Wait,

    /// <summary>End the process of the <see cref="TaskStep.Name"/>, or without one all children. Returns how many heard of it.</summary>
    Kill,

    /// <summary>
    /// End this thread. A negative <see cref="TaskStep.First"/> is the error, negated, of the call that it gives up over, and
    /// <see cref="TaskStep.Second"/> that call's kind.
    /// </summary>
    Exit,
}
