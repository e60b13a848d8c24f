using Sim.Core.AddressSpaces.Syscalls;
using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// What exec maps, as a statically linked program at its default address has it.
/// <code>
///   code r-x | data rw- | bss rw- (anonymous) |  heap ...            ... mmap base |  gap  | stack rw-, grows down |
/// </code>
/// </summary>
/// <param name="File">The program's file.</param>
/// <param name="CodePages">Pages of code, at the file's start.</param>
/// <param name="DataPages">Pages of initialised data, behind the code in the file.</param>
/// <param name="BssPages">Pages of data that begins as zeros.</param>
/// <param name="StackPages">Pages of the stack as it begins, 33 in Linux.</param>
public readonly record struct ProgramImage(OpenFile File, ulong CodePages, ulong DataPages, ulong BssPages, ulong StackPages = 33)
{
    /// <summary>Where a program begins that is not position independent, as a page number.</summary>
    public const ulong DefaultStart = 0x40_0000 >> 12;

    internal long MapInto(Mm mm, Mapping mapping, ICharge payer)
    {
        ulong code = DefaultStart, data = code + CodePages, bss = data + DataPages, heap = bss + BssPages;
        (mm.Code, mm.Data) = ((code, data), (data, heap));
        (mm.HeapStart, mm.Break, mm.StackStart) = (heap, heap << 12, AddressSpaceLayout.TaskEnd);
        long result = Map(CodePages, code, Protection.Read | Protection.Execute, MapFlags.Private, File, 0);
        if (result >= 0) result = Map(DataPages, data, Protection.ReadWrite, MapFlags.Private, File, CodePages);
        if (result >= 0) result = Map(BssPages, bss, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous, null, 0);
        ulong stack = AddressSpaceLayout.TaskEnd - StackPages;
        if (result >= 0) result = Map(StackPages, stack, Protection.ReadWrite, MapFlags.Private | MapFlags.Anonymous | MapFlags.GrowsDown, null, 0);
        return result < 0 ? result : 0;

        long Map(ulong pages, ulong page, Protection access, MapFlags flags, OpenFile? file, ulong offset) => pages == 0 ? 0
            : mapping.Call(mm, new MapRequest(page << 12, pages << 12, access, flags | MapFlags.Fixed, file, offset << 12), payer);
    }
}
