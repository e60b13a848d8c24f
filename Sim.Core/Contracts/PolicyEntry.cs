using System;
using System.Collections.Generic;

namespace Sim.Core.Contracts;

/// <summary>One policy of the catalogue.</summary>
/// <param name="Point">The policy point: reclaim.</param>
/// <param name="Name">The name within the point: second-chance.</param>
/// <param name="Implementation">The type that implements it.</param>
/// <param name="OptionsType">Its options record.</param>
/// <param name="Mechanism">What it does.</param>
/// <param name="Reference">Where it comes from.</param>
/// <param name="Options">Its parameters.</param>
public sealed record PolicyEntry(
    string Point, string Name, Type Implementation, Type OptionsType, string Mechanism, string Reference, IReadOnlyList<OptionDescription> Options)
{
    /// <summary>Whether the policy can run only where the future is known.</summary>
    public bool NeedsFuture => typeof(INeedsFuture).IsAssignableFrom(Implementation);

    /// <summary>Whether the policy has the inclusion property.</summary>
    public bool IsStackAlgorithm => typeof(IStackAlgorithm).IsAssignableFrom(Implementation);

    /// <summary>What a reclaim policy is told; null at other points.</summary>
    public AccessView? View => typeof(IReclaimPolicy).IsAssignableFrom(Implementation)
        ? (AccessView)Implementation.GetProperty(nameof(IReclaimPolicy.View))!.GetValue(null)!
        : null;
}
