using Sim.Core.Units;

namespace Sim.Core.Hardware.PageTables;

/// <summary>What is known of one leaf table, beside its entries.</summary>
public struct LeafHeader
{
    /// <summary>The page that entry 0 maps.</summary>
    public ulong FirstPage;

    /// <summary>The index of the address space that the table belongs to; of those that share it, the one that has it longest.</summary>
    public int AddressSpace;

    /// <summary>Other address spaces that have the table too.</summary>
    public int Sharers;

    /// <summary>Whether its entries are parked: fork shared the table, and nobody has made it its own since. None of its entries may be written but to take a page away.</summary>
    public bool IsParked;

    /// <summary>Entries that are not empty. The table is freed when it is 0 and its range is unmapped.</summary>
    public int Used;

    /// <summary>The frame that the table itself lies in.</summary>
    public FrameNumber Frame;
}
