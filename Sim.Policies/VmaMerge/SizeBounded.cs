using Sim.Core.AddressSpaces.Merging;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Policies.VmaMerge;

/// <summary>
/// As linux, but no merge makes a mapping larger than a bound. A lock or a walk of one mapping then never covers more; of two possible merges the one
/// below goes first.
/// <para>The bound is this simulator's; Linux weighs the same trade for anon_vma locks (vma_had_uncowed_parents, mm/vma.c).</para>
/// </summary>
[Paper("As linux, but no merge makes a mapping larger than a bound.",
    "after the trade-off of vma_had_uncowed_parents, Linux 6.18, mm/vma.c")]
public sealed class SizeBounded : IPolicy<SizeBounded, SizeBoundedOptions>, IVmaMerge
{
    private readonly ulong _pages;

    private SizeBounded(ulong pages) => _pages = pages;

    public static string Name => "vma-merge/size-bounded";

    public bool IgnoresAnonVma => false;

    public static SizeBounded Create(SizeBoundedOptions options, PolicyContext context) => new((ulong)options.Size.Pages);

    public MergeSides Select(in MergeOffer offer)
    {
        MergeSides sides = MergeSides.None;
        ulong pages = offer.Pages;
        if ((offer.Possible & MergeSides.Left) != 0 && pages + offer.LeftPages <= _pages)
        {
            sides = MergeSides.Left;
            pages += offer.LeftPages;
        }
        if ((offer.Possible & MergeSides.Right) != 0 && pages + offer.RightPages <= _pages) sides |= MergeSides.Right;
        return sides;
    }

    public bool IsSweepDue(int mappings) => false;
}

/// <summary>Options of <see cref="SizeBounded"/>.</summary>
public sealed record SizeBoundedOptions
{
    [Option("The largest mapping that a merge may make", Minimum = 4096, Maximum = 1e14)]
    public ByteSize Size { get; init; } = new(64L << 20);
}
