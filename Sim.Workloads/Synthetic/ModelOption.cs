using System;
using System.Globalization;
using System.Reflection;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>One option of a model, as its property and the attribute on it describe it.</summary>
public sealed class ModelOption
{
    private readonly PropertyInfo _property;
    private readonly OptionAttribute _attribute;

    internal ModelOption(PropertyInfo property, OptionAttribute attribute, object defaults)
    {
        _property = property;
        _attribute = attribute;
        Name = KebabCase.Of(property.Name);
        Default = property.GetValue(defaults);
    }

    /// <summary>The name in an experiment.</summary>
    public string Name { get; }

    /// <summary>The property's type.</summary>
    public Type Type => _property.PropertyType;

    /// <summary>The value where the experiment says nothing; null only for a nested model.</summary>
    public object? Default { get; }

    /// <summary>One sentence.</summary>
    public string Meaning => _attribute.Meaning;

    /// <summary>The smallest number allowed, or minus infinity.</summary>
    public double Minimum => _attribute.Minimum;

    /// <summary>The largest number allowed, or infinity.</summary>
    public double Maximum => _attribute.Maximum;

    /// <summary>The property, for a binder.</summary>
    public PropertyInfo Property => _property;

    /// <summary>Throws where the number in <paramref name="options"/> is outside of the range, or no number at all.</summary>
    internal void Check(object options, string owner)
    {
        double value;
        switch (_property.GetValue(options))
        {
            case int whole: value = whole; break;
            case long whole: value = whole; break;
            case double real when double.IsFinite(real): value = real; break;
            case double real: throw new PolicyOptionException(FormattableString.Invariant($"{owner}: {Name} is {real}; it must be a finite number"));
            default: return;
        }
        if (value >= Minimum && value <= Maximum) return;
        throw new PolicyOptionException(FormattableString.Invariant($"{owner}: {Name} is {value}; it must be {Range}"));
    }

    /// <summary>The range in words: "at least 0", "from 0 to 1".</summary>
    public string Range => (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"from {Minimum} to {Maximum}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"at least {Minimum}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"at most {Maximum}"),
        _ => "any number",
    };
}
