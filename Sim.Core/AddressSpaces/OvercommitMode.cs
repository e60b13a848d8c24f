namespace Sim.Core.AddressSpaces;

/// <summary>vm.overcommit_memory.</summary>
public enum OvercommitMode
{
    /// <summary>Any request that memory and swap together could serve if they were empty.</summary>
    Heuristic = 0,

    /// <summary>Anything.</summary>
    Always = 1,

    /// <summary>No more than swap and half of memory.</summary>
    Never = 2,
}
