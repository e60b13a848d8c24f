using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// A range joins the mapping below it, never the one above: half of Linux's rule, for telling what each half is worth.
/// <para>Linux 6.18, mm/vma.c, the left half of its rule.</para>
/// </summary>
[Paper("Merges only with the mapping below.",
    "Linux 6.18, mm/vma.c, the left half of its rule")]
public sealed class PreviousOnly : IPolicy<PreviousOnly, NoOptions>, IVmaMerge
{
    private PreviousOnly()
    {
    }

    public static string Name => "vma-merge/prev-only";

    public bool IgnoresAnonVma => false;

    public static PreviousOnly Create(NoOptions options, PolicyContext context) => new();

    public MergeSides Select(in MergeOffer offer) => offer.Possible & MergeSides.Left;

    public bool IsSweepDue(int mappings) => false;
}
