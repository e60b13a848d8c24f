using System;
using Sim.Core.Contracts;
using Sim.Core.Hardware.PageTables;

namespace Sim.Core.AddressSpaces;

/// <summary>From an entry to the address spaces whose it is: one, or all that share its leaf table.</summary>
public sealed unsafe class LeafOwners(LeafTables leaves, Func<int, Mm> addressSpaceOf)
{
    /// <summary>The address space of an entry; of a shared one the first.</summary>
    public Mm Of(ulong* entry) => addressSpaceOf(LeafTables.HeaderOf(entry).AddressSpace);

    /// <summary>A page has been taken from an entry: each owner has one less, and forgets its translation.</summary>
    public void OnUnmapped(ulong* entry, ITlbFlush tlbs, ICharge payer)
    {
        ulong page = LeafTables.PageOf(entry).Value;
        LoseOne(Of(entry), page, tlbs, payer);
        if (LeafTables.HeaderOf(entry).Sharers == 0) return;
        foreach (int other in leaves.SharersOf(entry)) LoseOne(addressSpaceOf(other), page, tlbs, payer);
    }

    /// <summary>An entry permits less than it did: each owner forgets its translation.</summary>
    public void Flush(ulong* entry, ITlbFlush tlbs, ICharge payer)
    {
        ulong page = LeafTables.PageOf(entry).Value;
        tlbs.Flush(Of(entry), page, page + 1, payer);
        if (LeafTables.HeaderOf(entry).Sharers == 0) return;
        foreach (int other in leaves.SharersOf(entry)) tlbs.Flush(addressSpaceOf(other), page, page + 1, payer);
    }

    private static void LoseOne(Mm mm, ulong page, ITlbFlush tlbs, ICharge payer)
    {
        mm.AddResident(-1);
        tlbs.Flush(mm, page, page + 1, payer);
    }
}
