using System;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// The machine's promise of memory: pages that processes may come to need of their own, and whether more may be promised (vm.overcommit_memory;
/// __vm_enough_memory of Linux 6.18).
/// </summary>
/// <param name="mode">What is promised.</param>
/// <param name="ramPages">Pages of memory.</param>
/// <param name="swapPages">Pages of swap.</param>
public sealed class CommitAccount(OvercommitMode mode, ulong ramPages, ulong swapPages)
{
    private const ulong RatioPercent = 50;
    private const ulong MostReservedForAdministrator = 8 * 256;
    private const ulong MostReservedForUser = 128 * 256;

    /// <summary>What is promised.</summary>
    public OvercommitMode Mode { get; } = mode;

    /// <summary>Pages promised: Committed_AS.</summary>
    public ulong Committed { get; private set; }

    /// <summary>Pages that mode 2 promises at most: CommitLimit, with vm.overcommit_ratio = 50.</summary>
    public ulong Limit => ramPages * RatioPercent / 100 + swapPages;

    /// <summary>Promises pages to an address space. False, and nothing is promised, when they may not be.</summary>
    public bool TryCommit(Mm mm, ulong pages)
    {
        bool isEnough = Mode switch
        {
            OvercommitMode.Always => true,
            OvercommitMode.Heuristic => pages <= ramPages + swapPages,
            _ => Committed + pages < Limit - Math.Min(Limit, Math.Min(ramPages * 3 / 100, MostReservedForAdministrator)
                + Math.Min(mm.TotalPages / 32, Math.Min(ramPages * 3 / 100, MostReservedForUser))),
        };
        if (isEnough) Committed += pages;
        return isEnough;
    }

    /// <summary>Takes a promise back.</summary>
    public void Uncommit(ulong pages)
    {
        if (pages > Committed) throw new InvalidOperationException($"{pages} pages are given back of {Committed} committed");
        Committed -= pages;
    }
}
