using Sim.Core.Contracts;

namespace Sim.Core.AddressSpaces.Merging;

/// <summary>
/// The `vma-merge` policy point: which of the merges that the rules allow are made. One instance an address space; registered by
/// <see cref="IPolicy{TSelf,TOptions}"/>. A policy decides where mappings end, never what a page may be used for.
/// </summary>
public interface IVmaMerge
{
    /// <summary>Whether ranges may merge though their anonymous pages are of different origin. The merged mapping is then linked to all of them.</summary>
    bool IgnoresAnonVma { get; }

    /// <summary>Asked once for each merge that is possible: a part of <see cref="MergeOffer.Possible"/>.</summary>
    MergeSides Select(in MergeOffer offer);

    /// <summary>Asked at the end of each call that may have changed mappings: whether all neighbours shall be offered now, as <see cref="MergeKind.Sweep"/>.</summary>
    bool IsSweepDue(int mappings);
}
