using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;

namespace Sim.Core.Machines;

/// <summary>What must hold of pages and leaf tables that several address spaces have. While a fork is waiting, its child has what no list names yet.</summary>
internal static unsafe class SharingInvariants
{
    /// <summary>Throws with values where something does not hold.</summary>
    public static void Check(MachineParts parts, MmTable addressSpaces)
    {
        var owners = new Dictionary<nint, int>();
        foreach (Mm mm in addressSpaces.Live.All())
        {
            int parked = 0;
            ulong page = 0;
            for (ulong* leaf = mm.PageTable.NextLeaf(ref page, PageTable.PageLimit); leaf != null;
                page += LeafTables.Entries, leaf = mm.PageTable.NextLeaf(ref page, PageTable.PageLimit))
            {
                owners[(nint)leaf] = owners.GetValueOrDefault((nint)leaf) + 1;
                if (LeafTables.HeaderOf(leaf).IsParked) parked++;
            }
            if (parked != mm.PageTable.ParkedLeaves) throw new InvalidOperationException($"address space {mm.Index} has {parked} parked leaf tables and counts {mm.PageTable.ParkedLeaves}");
        }
        var mappings = new Dictionary<int, int>();
        foreach ((nint leaf, int count) in owners.OrderBy(pair => pair.Key)) CheckLeaf((ulong*)leaf, count, mappings);
        foreach ((int number, int count) in mappings.OrderBy(pair => pair.Key))
        {
            int known = parts.ReverseMap.CountOf(parts.Frames[number]);
            if (known != count) throw new InvalidOperationException($"frame {number} is mapped by {count} entries, and its reverse map says {known}");
        }
    }

    private static void CheckLeaf(ulong* leaf, int owners, Dictionary<int, int> mappings)
    {
        LeafHeader header = LeafTables.HeaderOf(leaf);
        if (header.Sharers + 1 != owners) throw new InvalidOperationException($"the leaf table of page {header.FirstPage:x} is in {owners} address spaces and counts {header.Sharers + 1}");
        if (header.Sharers > 0 && !header.IsParked) throw new InvalidOperationException($"the leaf table of page {header.FirstPage:x} is shared and not parked");
        for (int i = 0; i < LeafTables.Entries; i++)
        {
            ulong value = leaf[i];
            if (!PageTableEntry.HasFrame(value) || PageTableEntry.IsZeroPage(value)) continue;
            ulong wrong = header.IsParked ? PageTableEntry.Writable : PageTableEntry.Parked;
            if ((value & wrong) != 0) throw new InvalidOperationException($"page {header.FirstPage + (ulong)i:x} is {(header.IsParked ? "writable in a parked" : "parked in a plain")} leaf table");
            int frame = PageTableEntry.FrameOf(value).Value;
            mappings[frame] = mappings.GetValueOrDefault(frame) + 1;
        }
    }
}
