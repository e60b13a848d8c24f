using Sim.Core.Units;

namespace Sim.Core.Hardware.PageTables;

/// <summary>What is known of one leaf table, beside its entries.</summary>
public struct LeafHeader
{
    /// <summary>The page that entry 0 maps.</summary>
    public ulong FirstPage;

    /// <summary>The index of the address space that the table belongs to.</summary>
    public int AddressSpace;

    /// <summary>Entries that are not empty. The table is freed when it is 0 and its range is unmapped.</summary>
    public int Used;

    /// <summary>The frame that the table itself lies in.</summary>
    public FrameNumber Frame;
}
