using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>What calls on mappings do to the files behind them.</summary>
public interface IFilePages
{
    /// <summary>Takes pages out of a file and out of every mapping of it: punching a hole.</summary>
    void Remove(FileObject file, ulong start, ulong end, ICharge payer);

    /// <summary>Brings in what is not in memory of a range for an address space, as madvise(MADV_WILLNEED) asks for.</summary>
    void BringIn(Mm mm, FileObject file, ulong start, ulong end, ICharge payer);

    /// <summary>
    /// Breaks up the clean folios that a range of a mapping maps a part of, and that no other address space maps: madvise(MADV_COLD). They are unmapped by
    /// that, and later faults find single pages.
    /// </summary>
    void Split(Mm mm, Vma vma, ulong start, ulong end, ICharge payer);

    /// <summary>Begins to write dirty pages back. False when there were none.</summary>
    bool WriteBack(FileObject file, ulong start, ulong end, ICharge payer);
}
