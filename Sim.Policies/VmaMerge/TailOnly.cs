using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// New memory is appended to the mapping that ends where it begins; nothing else merges. What mprotect cut stays cut.
/// <para>Linux 2.4.0, mm/mmap.c, do_mmap_pgoff: can we just expand an old anonymous mapping.</para>
/// </summary>
[Paper("New memory is appended to the mapping below; nothing else merges.",
    "Linux 2.4.0, mm/mmap.c, do_mmap_pgoff: can we just expand an old anonymous mapping")]
public sealed class TailOnly : IPolicy<TailOnly, NoOptions>, IVmaMerge
{
    private TailOnly()
    {
    }

    public static string Name => "vma-merge/tail-only";

    public bool IgnoresAnonVma => false;

    public static TailOnly Create(NoOptions options, PolicyContext context) => new();

    public MergeSides Select(in MergeOffer offer) => offer.Kind is MergeKind.NewRange or MergeKind.Break ? offer.Possible & MergeSides.Left : MergeSides.None;

    public bool IsSweepDue(int mappings) => false;
}
