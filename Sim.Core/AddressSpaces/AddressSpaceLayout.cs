namespace Sim.Core.AddressSpaces;

/// <summary>
/// The user half of x86-64's address space, in page numbers.
/// <code>
///   0      mmap_min_addr              heap -->                 &lt;-- mmap base      stack gap       task size
///   |......|     program             |........................|                  |...|  stack   |
/// </code>
/// </summary>
public static class AddressSpaceLayout
{
    /// <summary>Where user addresses end: TASK_SIZE, 47 bits less a page.</summary>
    public const ulong TaskEnd = 0x7fff_ffff_f000 >> 12;

    /// <summary>The lowest page that mmap gives out: vm.mmap_min_addr is 64 KiB.</summary>
    public const ulong LowestPage = 0x10000 >> 12;

    /// <summary>Where bottom-up placement begins: TASK_UNMAPPED_BASE, a third of the space.</summary>
    public const ulong UnmappedBase = TaskEnd / 3;

    /// <summary>Pages that stay free below a stack: stack_guard_gap.</summary>
    public const ulong StackGuardGap = 256;

    /// <summary>Base pages of a huge page.</summary>
    public const ulong HugePages = 512;

    /// <summary>Where a mapping begins with the gap that belongs below it: vm_start_gap.</summary>
    public static ulong StartWithGap(Vma vma) =>
        !vma.Has(VmaFlags.GrowsDown) ? vma.Start : vma.Start > StackGuardGap ? vma.Start - StackGuardGap : 0;

    /// <summary>Bytes rounded up to pages; wraps to 0 as PAGE_ALIGN does.</summary>
    public static ulong PagesOf(ulong bytes) => unchecked(bytes + 4095) >> 12;

    /// <summary>Whether an address or offset lies inside a page.</summary>
    public static bool IsUnaligned(ulong bytes) => (bytes & 4095) != 0;
}
