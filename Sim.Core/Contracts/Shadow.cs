namespace Sim.Core.Contracts;

/// <summary>
/// What a policy leaves behind for an evicted page, to be handed back when the page faults again. It waits in the
/// absent page's table entry, as workingset shadows do in Linux. 0 means none. 30 bits are kept.
/// </summary>
public readonly record struct Shadow(uint Value)
{
    /// <summary>Bits of <see cref="Value"/> that survive.</summary>
    public const int Bits = 30;

    /// <summary>No shadow.</summary>
    public static Shadow None => default;
}
