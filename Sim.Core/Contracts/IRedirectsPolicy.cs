using System;

namespace Sim.Core.Contracts;

/// <summary>
/// Options under which a policy is another one of the catalogue. What a policy is told of the accesses is fixed by its type; this is how an
/// option can ask for more.
/// </summary>
public interface IRedirectsPolicy
{
    /// <summary>The type that implements the policy with these options, and its options; null for the policy itself.</summary>
    (Type Implementation, object Options)? Redirection { get; }
}
