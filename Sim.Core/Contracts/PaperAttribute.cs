using System;

namespace Sim.Core.Contracts;

/// <summary>Where a policy or model comes from, as `sim describe` and the documentation print it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class PaperAttribute(string mechanism, string reference) : Attribute
{
    /// <summary>What it does, in one or two sentences.</summary>
    public string Mechanism { get; } = mechanism;

    /// <summary>Authors, title, venue, year.</summary>
    public string Reference { get; } = reference;
}
