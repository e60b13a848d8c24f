using Sim.Core.Units;

namespace Sim.Core.AddressSpaces;

/// <summary>What a process may map, lock and grow: resource limits, as setrlimit sets them, and the machine's limit on mappings.</summary>
public sealed record AddressSpaceLimits
{
    /// <summary>No limit: RLIM_INFINITY.</summary>
    public static readonly ByteSize Unlimited = new(1L << 60);

    /// <summary>Mappings that an address space may have before it is refused more: vm.max_map_count.</summary>
    public int MaxMapCount { get; init; } = 65_530;

    /// <summary>RLIMIT_AS.</summary>
    public ByteSize AddressSpace { get; init; } = Unlimited;

    /// <summary>RLIMIT_DATA.</summary>
    public ByteSize Data { get; init; } = Unlimited;

    /// <summary>RLIMIT_STACK.</summary>
    public ByteSize Stack { get; init; } = new(8L << 20);

    /// <summary>RLIMIT_MEMLOCK.</summary>
    public ByteSize Locked { get; init; } = new(8L << 20);

    /// <summary>Whether the process may lock beyond its limit: CAP_IPC_LOCK.</summary>
    public bool MayLockAnything { get; init; }
}
