namespace Sim.Core.AddressSpaces.Merging;

/// <summary>Why a range does not become one mapping with a neighbour; the first reason that holds, in this order.</summary>
public enum MergeRefusal
{
    /// <summary>It does.</summary>
    None,

    /// <summary>The neighbour does not touch the range, or the range lies inside its mapping on that side.</summary>
    Boundary,

    /// <summary>They allow different access.</summary>
    Protection,

    /// <summary>Any other flag differs, or one of them is of a kind that never merges.</summary>
    Flags,

    /// <summary>They map different open files, or the one that would go has a close operation.</summary>
    File,

    /// <summary>The pages are not consecutive in their file, or in anonymous memory.</summary>
    Offset,

    /// <summary>Their anonymous pages are of different origin, or one was inherited and the other has none.</summary>
    AnonVma,

    /// <summary>The `vma-merge` policy did not want it.</summary>
    Policy,
}
