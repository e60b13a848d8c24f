namespace Sim.Benchmarks.Benchmarks;

/// <summary>What is done to an index of mappings.</summary>
internal enum VmaOperation
{
    Find,
    Map,
    Unmap,
}
