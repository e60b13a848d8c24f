namespace Sim.Core.AddressSpaces;

/// <summary>Errors as system calls return them.</summary>
public static class SystemErrors
{
    /// <summary>The error, negated.</summary>
    public static long AsResult(this SystemError error) => -(long)error;
}
