using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// As linux, but pages of different origin may lie in one mapping, which is then linked to all their anon_vmas. What the protection of anon_vma locks costs in mappings.
/// <para>Linux 6.18, mm/vma.c, without is_mergeable_anon_vma.</para>
/// </summary>
[Paper("As linux, but anon_vmas are no obstacle: the merged mapping is linked to all of them.",
    "Linux 6.18, mm/vma.c, without is_mergeable_anon_vma")]
public sealed class LinuxIgnoreAnonVma : IPolicy<LinuxIgnoreAnonVma, NoOptions>, IVmaMerge
{
    private LinuxIgnoreAnonVma()
    {
    }

    public static string Name => "vma-merge/linux-ignore-anon-vma";

    public bool IgnoresAnonVma => true;

    public static LinuxIgnoreAnonVma Create(NoOptions options, PolicyContext context) => new();

    public MergeSides Select(in MergeOffer offer) => offer.Possible;

    public bool IsSweepDue(int mappings) => false;
}
