using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Physical.Vmalloc;

namespace Sim.Policies.Vmalloc;

/// <summary>
/// Areas at the lowest addresses that are free for long enough, with a guard page behind each; freed addresses wait until many can be flushed from the
/// TLBs at once, and small areas come from blocks of each CPU.
/// <para>N. Piggin, "mm: rewrite vmap layer", Linux 2.6.28, 2008.</para>
/// </summary>
[Paper("The lowest addresses that are free for long enough, a guard page behind each area, a common flush for many freed ones, blocks of each CPU for small ones.",
    "N. Piggin, mm: rewrite vmap layer, Linux 2.6.28, 2008")]
public sealed class FirstFit : IVmallocDesign, IPolicy<FirstFit, FirstFitOptions>
{
    private readonly FirstFitDesign _design;

    private FirstFit(FirstFitOptions options) => _design = new FirstFitDesign(options.Guard, options.LazyPurge, options.CpuBlocks);

    public static string Name => "vmalloc/first-fit";

    public bool HasGuard => _design.HasGuard;

    public bool PurgesLazily => _design.PurgesLazily;

    public bool HasCpuBlocks => _design.HasCpuBlocks;

    public static FirstFit Create(FirstFitOptions options, PolicyContext context) => new(options);

    public int Choose(IReadOnlyList<(long First, long Pages)> free, long pages) => _design.Choose(free, pages);
}

/// <summary>Options of <see cref="FirstFit"/>.</summary>
public sealed record FirstFitOptions
{
    /// <summary>Without VM_NO_GUARD.</summary>
    [Option("Whether an unmapped page follows every area")]
    public bool Guard { get; init; } = true;

    /// <summary>As in Linux.</summary>
    [Option("Whether freed areas wait for a common flush: 32MiB of them, times one plus the binary logarithm of the CPUs")]
    public bool LazyPurge { get; init; } = true;

    /// <summary>As in Linux.</summary>
    [Option("Whether vm_map_ram areas of up to 64 pages come from blocks of 4MiB of each CPU")]
    public bool CpuBlocks { get; init; } = true;
}
