using System.Collections.Generic;
using Sim.Core.Units;

namespace Sim.Core.Hardware;

/// <summary>A block device behind swap or files: requests wait in one queue, first come, first served, for one of several channels; or memory, which has none.</summary>
/// <param name="Read">Mean service time of a 4 KiB read.</param>
/// <param name="Write">Mean service time of a 4 KiB write.</param>
/// <param name="Channels">Requests served at once.</param>
/// <param name="Service">How service times vary.</param>
/// <param name="IsSynchronous">
/// Whether the CPU does the work itself, in the fault or in reclaim, and nobody sleeps: memory behind a compressor, Linux's SWP_SYNCHRONOUS_IO. There
/// are then no channels and no queue, and the time is CPU time.
/// </param>
public sealed record BlockDeviceSpec(SimTime Read, SimTime Write, int Channels, ServiceTime Service = ServiceTime.Constant, bool IsSynchronous = false)
{
    /// <summary>
    /// What each page after the first adds to a request of several adjacent ones, of a file or read ahead of swap: a transfer without another seek, command or
    /// flash read.
    /// </summary>
    public SimTime NextPage { get; init; }

    /// <summary>
    /// Presets by name; the first is the default. Data-sheet magnitudes but for sata-ssd, whose read is the recorded device's (about 65 us). A further page takes
    /// what 4 KiB take at 4 GB/s, 550 MB/s and 160 MB/s.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, BlockDeviceSpec>> Presets { get; } =
    [
        new("nvme", new BlockDeviceSpec(SimTime.FromMicroseconds(80), SimTime.FromMicroseconds(20), 8) { NextPage = SimTime.FromMicroseconds(1) }),
        new("sata-ssd", new BlockDeviceSpec(SimTime.FromMicroseconds(65), SimTime.FromMicroseconds(60), 2) { NextPage = SimTime.FromMicroseconds(7.4) }),
        new("hdd", new BlockDeviceSpec(SimTime.FromMilliseconds(8), SimTime.FromMilliseconds(8), 1) { NextPage = SimTime.FromMicroseconds(25.6) }),
        new("zram", new BlockDeviceSpec(SimTime.FromMicroseconds(3), SimTime.FromMicroseconds(6), 1, IsSynchronous: true)),
    ];
}
