using System;
using System.Numerics;

namespace Sim.Core.Physical;

/// <summary>
/// How many frames a CPU keeps to itself for a zone. Linux 6.18, mm/page_alloc.c: zone_batchsize, zone_highsize.
/// </summary>
/// <param name="Batch">Frames that go between the zone and the CPU's lists at a time.</param>
/// <param name="HighMinimum">Frames above which the lists give a batch back.</param>
/// <param name="HighMaximum">How far Linux's own tuning may raise that.</param>
public readonly record struct PageSetSize(int Batch, int HighMinimum, int HighMaximum)
{
    private const int LargestBatch = 64;

    /// <summary>The sizes for a zone.</summary>
    /// <param name="managed">Its frames.</param>
    /// <param name="low">Its low watermark.</param>
    /// <param name="cpus">CPUs that share it.</param>
    public static PageSetSize Of(long managed, long low, int cpus)
    {
        long batch = Math.Min(managed >> 12, LargestBatch);
        batch = batch <= 1 ? 1 : (1L << BitOperations.Log2((ulong)(batch + batch / 2))) - 1;
        return new PageSetSize((int)batch, (int)Math.Max(low / cpus, batch * 4), (int)Math.Max(managed / 8 / cpus, batch * 4));
    }
}
