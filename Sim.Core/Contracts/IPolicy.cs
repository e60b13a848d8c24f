namespace Sim.Core.Contracts;

/// <summary>
/// Implementing this registers a policy: the catalogue scans for it, and the policy is then in the list, in the experiment
/// schema, in the documentation and under the conformance tests. Apart from the policy point's own interface, because an
/// interface with static abstract members cannot be a type argument.
/// </summary>
/// <typeparam name="TSelf">The policy.</typeparam>
/// <typeparam name="TOptions">Its options: a record whose settable properties carry an <see cref="OptionAttribute"/>.</typeparam>
public interface IPolicy<TSelf, TOptions>
    where TSelf : IPolicy<TSelf, TOptions>
    where TOptions : class, new()
{
    /// <summary>"point/name", both in kebab-case: reclaim/second-chance.</summary>
    static abstract string Name { get; }

    /// <summary>A policy for one domain. Throws <see cref="PolicyOptionException"/> where the options do not fit the domain.</summary>
    static abstract TSelf Create(TOptions options, PolicyContext context);
}
