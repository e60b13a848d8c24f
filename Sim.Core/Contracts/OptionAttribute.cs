using System;

namespace Sim.Core.Contracts;

/// <summary>
/// A policy's or model's parameter: what it means and which numbers it takes. Its name in an experiment is the
/// property's in kebab-case, its default the property's initial value.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string meaning) : Attribute
{
    /// <summary>One sentence.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>The smallest number allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The largest number allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether only powers of two are allowed.</summary>
    public bool PowerOfTwo { get; init; }
}
