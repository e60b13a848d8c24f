using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// No range becomes one with a neighbour: every call leaves mappings of its own, and what mprotect cut stays cut. The baseline of all studies.
/// <para>the baseline; UNIX System V Release 4 merged as little: R. A. Gingell, J. P. Moran, W. A. Shannon, Virtual memory architecture in SunOS, USENIX Summer 1987.</para>
/// </summary>
[Paper("No merge is made; what was cut stays cut.",
    "the baseline; UNIX System V Release 4 merged as little: R. A. Gingell, J. P. Moran, W. A. Shannon, Virtual memory architecture in SunOS, USENIX Summer 1987")]
public sealed class NoMerge : IPolicy<NoMerge, NoOptions>, IVmaMerge
{
    private NoMerge()
    {
    }

    public static string Name => "vma-merge/none";

    public bool IgnoresAnonVma => false;

    public static NoMerge Create(NoOptions options, PolicyContext context) => new();

    public MergeSides Select(in MergeOffer offer) => MergeSides.None;

    public bool IsSweepDue(int mappings) => false;
}
