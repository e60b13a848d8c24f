using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Units;

namespace Sim.Core.Physical;

/// <summary>
/// How many free frames a zone keeps back, and from where on it is short. Linux 6.18, mm/page_alloc.c: __setup_per_zone_wmarks,
/// setup_per_zone_lowmem_reserve, calculate_min_free_kbytes; mm/khugepaged.c: set_recommended_min_free_kbytes.
/// <code>
///   0 ......... min .............. low .............. high .............. free
///     reserves  | reclaim directly  | kswapd runs      | kswapd rests
/// </code>
/// </summary>
/// <param name="Min">Only those who may use the reserves go below.</param>
/// <param name="Low">Below this kswapd is woken.</param>
/// <param name="High">Above this kswapd sleeps.</param>
/// <param name="Promo">Above this memory tiering promotes.</param>
public readonly record struct Watermarks(long Min, long Low, long High, long Promo)
{
    /// <summary>vm.watermark_scale_factor: the distance between marks in ten-thousandths of the zone.</summary>
    public const int ScaleFactor = 10;

    private const int PageBlockFrames = 512;
    private const int MovableLeast = 32, MovableMost = 128;
    private const long KibibytesPerFrame = ByteSize.PageBytes / 1024;

    /// <summary>vm.lowmem_reserve_ratio of each zone.</summary>
    private static readonly int[] ReserveRatios = [256, 256, 32, 0, 0];

    /// <summary>vm.min_free_kbytes at start: the square root of sixteen times the memory in KiB, between 128 and 262,144.</summary>
    /// <param name="managed">Frames of each zone, in the order of <see cref="ZoneKind"/>.</param>
    public static long SquareRootRule(IReadOnlyList<long> managed) =>
        Math.Clamp((long)Math.Sqrt(Lowmem(managed) * KibibytesPerFrame * 16.0), 128, 262_144);

    /// <summary>
    /// vm.min_free_kbytes once khugepaged runs: two free page blocks in each zone, and two nearly free ones for each pair of migrate types, but no
    /// more than 5 % of memory and no less than the square-root rule.
    /// </summary>
    /// <param name="managed">Frames of each zone, in the order of <see cref="ZoneKind"/>.</param>
    public static long RaisedByKhugepaged(IReadOnlyList<long> managed)
    {
        long atStart = SquareRootRule(managed);
        IReadOnlyList<Watermarks> marks = Of(managed, atStart);
        int zones = Enumerable.Range(0, (int)ZoneKind.Movable).Count(zone => managed[zone] > 0);
        long frames = (long)PageBlockFrames * zones * (2 + 3 * 3);
        long beyondHigh = Enumerable.Range(0, (int)ZoneKind.Movable).Sum(zone => Math.Max(0, managed[zone] - marks[zone].High));
        return Math.Max(atStart, Math.Min(frames, beyondHigh / 20) * KibibytesPerFrame);
    }

    /// <summary>The marks of each zone for a value of vm.min_free_kbytes.</summary>
    /// <param name="managed">Frames of each zone, in the order of <see cref="ZoneKind"/>.</param>
    /// <param name="minFreeKibibytes">The value.</param>
    public static IReadOnlyList<Watermarks> Of(IReadOnlyList<long> managed, long minFreeKibibytes)
    {
        long minimum = minFreeKibibytes / KibibytesPerFrame, lowmem = Math.Max(1, Lowmem(managed));
        return [.. managed.Select((frames, zone) =>
        {
            long share = (long)((Int128)minimum * frames / lowmem);
            long step = Math.Max(share / 4, frames * ScaleFactor / 10_000);
            long min = zone == (int)ZoneKind.Movable ? Math.Clamp(frames / 1024, MovableLeast, MovableMost) : share;
            return new Watermarks(min, min + step, min + 2 * step, min + 3 * step);
        })];
    }

    /// <summary>
    /// The "protection" row of each zone: frames that an allocation leaves there if it could have had them from a higher zone. Element [i][j]: in zone i,
    /// from an allocation that zone j would do for.
    /// </summary>
    /// <param name="managed">Frames of each zone, in the order of <see cref="ZoneKind"/>.</param>
    public static IReadOnlyList<long[]> LowmemReserves(IReadOnlyList<long> managed) => [.. managed.Select((frames, zone) =>
    {
        var reserve = new long[managed.Count];
        long above = 0;
        for (int upper = zone + 1; upper < managed.Count; upper++)
        {
            above += managed[upper];
            reserve[upper] = frames == 0 || ReserveRatios[zone] == 0 ? 0 : above / ReserveRatios[zone];
        }
        return reserve;
    })];

    private static long Lowmem(IReadOnlyList<long> managed) => managed.Where((_, zone) => zone != (int)ZoneKind.Movable).Sum();
}
