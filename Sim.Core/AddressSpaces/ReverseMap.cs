using Sim.Core.Hardware;
using Sim.Core.Hardware.PageTables;
using Sim.Core.Physical;

namespace Sim.Core.AddressSpaces;

/// <summary>
/// From a frame to its mapping. A handle is the host address of the one leaf entry that maps the frame, from which table, page and address
/// space follow; 0 is unmapped. Nobody else reads a handle.
/// </summary>
internal static unsafe class ReverseMap
{
    /// <summary>Maps a frame at an entry and writes the entry.</summary>
    public static void Map(ref Frame frame, ulong* entry, ulong value)
    {
        frame.ReverseMap = (ulong)entry;
        PageTable.Set(entry, value);
    }

    /// <summary>Takes a frame's mapping away, leaving <paramref name="remains"/> in its entry.</summary>
    public static void Unmap(ref Frame frame, ulong remains)
    {
        PageTable.Set((ulong*)frame.ReverseMap, remains);
        frame.ReverseMap = 0;
    }

    /// <summary>The same, where something remains.</summary>
    public static void Evict(ref Frame frame, ulong remains)
    {
        PageTable.Replace((ulong*)frame.ReverseMap, remains);
        frame.ReverseMap = 0;
    }

    /// <summary>The entry that maps a frame, or null.</summary>
    public static ulong* EntryOf(in Frame frame) => (ulong*)frame.ReverseMap;
}
