namespace Sim.Workloads.Mappings;

/// <summary>A reference of a mapping model.</summary>
/// <param name="Region">The region's number.</param>
/// <param name="Page">The page within it.</param>
/// <param name="IsStore">Whether it is a store.</param>
public readonly record struct MappedPage(int Region, long Page, bool IsStore);
