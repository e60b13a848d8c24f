using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// Every merge that the rules allow is made, at once: the mapping below, the one above, or both.
/// <para>Linux 6.18, mm/vma.c (vma_merge_new_range, vma_merge_existing_range); L. Stoakes, reworks of 6.10 to 6.16.</para>
/// </summary>
[Paper("Every merge that the rules allow is made at once, with the mapping below, above or both.",
    "Linux 6.18, mm/vma.c: vma_merge_new_range and vma_merge_existing_range")]
public sealed class LinuxMerge : IPolicy<LinuxMerge, NoOptions>, IVmaMerge
{
    private LinuxMerge()
    {
    }

    public static string Name => "vma-merge/linux";

    public bool IgnoresAnonVma => false;

    public static LinuxMerge Create(NoOptions options, PolicyContext context) => new();

    public MergeSides Select(in MergeOffer offer) => offer.Possible;

    public bool IsSweepDue(int mappings) => false;
}
