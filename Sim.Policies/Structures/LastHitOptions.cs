using Sim.Core.Contracts;

namespace Sim.Policies.Structures;

/// <summary>Options of the indexes that remember what they found last.</summary>
public sealed record LastHitOptions
{
    [Option("Mappings found last that are tried first: 1 is Linux's mmap_cache, 4 its vmacache, 0 none", Minimum = 0, Maximum = 64)]
    public int Cache { get; init; } = 1;
}
