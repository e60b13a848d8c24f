namespace Sim.Workloads.Synthetic;

/// <summary>Where the pages come from that enter a locality set.</summary>
public enum SetSelection
{
    /// <summary>The next pages of the region in ascending order: sets meet again only once the whole region was used.</summary>
    Disjoint,

    /// <summary>Any pages that the set before does not have.</summary>
    Random,
}
