namespace Sim.Core.AddressSpaces.Syscalls;

/// <summary>One mremap on its way, in pages: vma_remap_struct.</summary>
internal struct Remap(in RemapRequest request)
{
    public readonly RemapFlags Flags = request.Flags;

    /// <summary>The mapping that holds <see cref="Start"/>.</summary>
    public Vma? Vma;

    public ulong Start = request.Address >> 12;

    public ulong OldPages = AddressSpaceLayout.PagesOf(request.OldBytes);

    public ulong NewPages = AddressSpaceLayout.PagesOf(request.NewBytes);

    public ulong NewStart = request.NewAddress >> 12;

    /// <summary>Whether the caller names the new place.</summary>
    public readonly bool NamesPlace => (Flags & (RemapFlags.Fixed | RemapFlags.DontUnmap)) != 0;

    /// <summary>Whether it must be just that place.</summary>
    public readonly bool IsFixed => (Flags & RemapFlags.Fixed) != 0;

    /// <summary>Whether a mapping without pages stays behind.</summary>
    public readonly bool KeepsSource => (Flags & RemapFlags.DontUnmap) != 0;
}
