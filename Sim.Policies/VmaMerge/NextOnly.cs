using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// A range joins the mapping above it, never the one below: half of Linux's rule. Top-down placement puts new mappings below old ones.
/// <para>Linux 6.18, mm/vma.c, the right half of its rule.</para>
/// </summary>
[Paper("Merges only with the mapping above.",
    "Linux 6.18, mm/vma.c, the right half of its rule")]
public sealed class NextOnly : IPolicy<NextOnly, NoOptions>, IVmaMerge
{
    private NextOnly()
    {
    }

    public static string Name => "vma-merge/next-only";

    public bool IgnoresAnonVma => false;

    public static NextOnly Create(NoOptions options, PolicyContext context) => new();

    public MergeSides Select(in MergeOffer offer) => offer.Possible & MergeSides.Right;

    public bool IsSweepDue(int mappings) => false;
}
