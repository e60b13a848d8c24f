using Sim.Core.Contracts;

namespace Sim.Workloads.Programs;

/// <summary>A stream of allocations and frees of the kernel's memory.</summary>
/// <param name="Request">What is allocated.</param>
/// <param name="Least">Bytes of the smallest allocation.</param>
/// <param name="Most">Bytes of the largest; sizes between are drawn.</param>
/// <param name="Sizes">How they are drawn.</param>
/// <param name="Count">Allocations.</param>
/// <param name="Live">Allocations that live at once: at this many, one goes before the next comes.</param>
/// <param name="Lifetime">Which one goes.</param>
/// <param name="Burst">Allocations, and then frees, in a row.</param>
/// <param name="KeepShare">The share of those that live at the end which stays, until the process ends.</param>
/// <param name="HandOver">Where those that go are handed to another thread, which frees them; null to free them here.</param>
public sealed record KernelStep(KernelRequest Request, long Least, long Most, SizeDistribution Sizes, long Count, long Live, KernelLifetime Lifetime, long Burst,
    double KeepShare, string? HandOver) : ProgramStep;
