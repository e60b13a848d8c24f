namespace Sim.Core.AddressSpaces;

/// <summary>The error numbers that system calls return, negated, as Linux on x86-64 numbers them.</summary>
public enum SystemError
{
    /// <summary>Out of memory, or of address space.</summary>
    ENOMEM = 12,

    /// <summary>A bad argument.</summary>
    EINVAL = 22,
}
