namespace Sim.Core.Contracts;

/// <summary>What is taken of an address space's locks.</summary>
public enum MmLockMode
{
    /// <summary>Nothing: nobody waits.</summary>
    None,

    /// <summary>The lock of one mapping, with others that read: waits for no call, and calls that change this mapping wait for it.</summary>
    Mapping,

    /// <summary>The lock of the address space, with others that read.</summary>
    Shared,

    /// <summary>The lock of the address space, alone.</summary>
    Exclusive,
}
