using System.Collections.Generic;

namespace Sim.Core.Hardware;

/// <summary>A CPU's data TLB: its levels from the first, each of one or more arrays.</summary>
/// <param name="Levels">At least one level; a level may hold a page size in one array only.</param>
/// <param name="Asids">Address-space identifiers that each CPU hands out; 0 flushes at every change of address space.</param>
public sealed record TlbSpec(IReadOnlyList<IReadOnlyList<TlbArraySpec>> Levels, int Asids)
{
    /// <summary>Presets by name; the first is the default.</summary>
    public static IReadOnlyList<KeyValuePair<string, TlbSpec>> Presets { get; } =
    [
        // AMD, Software Optimization Guide for the AMD Zen4 Microarchitecture (57647), 2.8: 72 entries fully associative; 3072, 24-way. Linux: six ASIDs.
        new("zen4", Make(6, [All(72, 72)], [All(3072, 24)])),
        // The same guide for Zen 3 (56665): 64 entries fully associative; 2048, 16-way.
        new("zen3", Make(6, [All(64, 64)], [All(2048, 16)])),
        // Intel 64 and IA-32 Architectures Optimization Reference Manual, Skylake client: split first level, shared second.
        new("skylake", Make(6, [Only(64, 4, PageSize.Base), Only(32, 4, PageSize.Huge), Only(4, 4, PageSize.Giant)],
            [new TlbArraySpec(1536, 12, [PageSize.Base, PageSize.Huge]), Only(16, 4, PageSize.Giant)])),
        // A single small level without ASIDs, as on the early x86: every switch starts cold.
        new("i486", Make(0, [All(32, 4)])),
    ];

    private static TlbSpec Make(int asids, params TlbArraySpec[][] levels) => new(levels, asids);

    private static TlbArraySpec All(int entries, int ways) => new(entries, ways, [PageSize.Base, PageSize.Huge, PageSize.Giant]);

    private static TlbArraySpec Only(int entries, int ways, PageSize size) => new(entries, ways, [size]);
}
