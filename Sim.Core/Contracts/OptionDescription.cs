using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>One parameter of a policy or model, read off its options record.</summary>
/// <param name="Name">The property's name in kebab-case.</param>
/// <param name="Property">The property behind it.</param>
/// <param name="Default">Its value in a fresh options record; null only for a nested model.</param>
/// <param name="Meaning">One sentence, without its full stop.</param>
/// <param name="Minimum">The smallest number allowed, or minus infinity; of a time in nanoseconds, of a size in bytes.</param>
/// <param name="Maximum">The largest number allowed, or infinity.</param>
/// <param name="PowerOfTwo">Whether only powers of two are allowed.</param>
public sealed record OptionDescription(
    string Name, PropertyInfo Property, object? Default, string Meaning, double Minimum, double Maximum, bool PowerOfTwo)
{
    /// <summary>The property's type.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>The record that a list is made of, or null where the option is no list.</summary>
    public Type? ElementType =>
        Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Type.GetGenericArguments()[0] : null;

    /// <summary>The range in words: "at least 0", "from 0 to 1", "a power of two from 1 to 32".</summary>
    public string Range => (PowerOfTwo ? "a power of two " : "") + (double.IsFinite(Minimum), double.IsFinite(Maximum)) switch
    {
        (true, true) => $"from {Bound(Minimum)} to {Bound(Maximum)}",
        (true, false) => $"at least {Bound(Minimum)}",
        (false, true) => $"at most {Bound(Maximum)}",
        _ => PowerOfTwo ? "of any size" : "any number",
    };

    /// <summary>Whether a number is one of those that <see cref="Range"/> tells.</summary>
    public bool Allows(double number) => number >= Minimum && number <= Maximum && (!PowerOfTwo || double.IsPow2(number));

    private string Bound(double number) => Type == typeof(SimTime)
        ? SimTime.FromNanoseconds(number).ToString()
        : Type == typeof(ByteSize) ? new ByteSize((long)number).ToString() : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The parameters of an options record, in declaration order.</summary>
    public static IReadOnlyList<OptionDescription> Of(Type options)
    {
        object defaults = Activator.CreateInstance(options)!;
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, option: property.GetCustomAttribute<OptionAttribute>()))
            .Where(pair => pair.option is not null)
            .OrderBy(pair => pair.property.MetadataToken)
            .Select(pair => new OptionDescription(KebabCase(pair.property.Name), pair.property, pair.property.GetValue(defaults),
                pair.option!.Meaning, pair.option.Minimum, pair.option.Maximum, pair.option.PowerOfTwo))
            .ToArray();
    }

    /// <summary>SetOnLoad becomes set-on-load.</summary>
    public static string KebabCase(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
