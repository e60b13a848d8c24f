using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces;

/// <summary>Makes every CPU forget translations that no longer hold.</summary>
public interface ITlbFlush
{
    /// <summary>
    /// Flushes pages [first, end) of an address space on every CPU that runs it; CPUs that ran it before, or have only borrowed it, flush when they next
    /// do. Where page tables are freed those that have borrowed it hear of it too: a processor may walk what it has loaded at any time.
    /// The payer waits for the acknowledgements of the others before it goes on.
    /// </summary>
    void Flush(Mm mm, ulong firstPage, ulong endPage, ICharge payer, bool freesTables = false);
}
