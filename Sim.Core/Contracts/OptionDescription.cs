using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Sim.Core.Contracts;

/// <summary>One parameter of a policy or model, read off its options record.</summary>
/// <param name="Name">The property's name in kebab-case.</param>
/// <param name="Property">The property behind it.</param>
/// <param name="Default">Its value in a fresh options record.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Minimum">The smallest number allowed.</param>
/// <param name="Maximum">The largest number allowed.</param>
public sealed record OptionDescription(
    string Name, PropertyInfo Property, object? Default, string Meaning, double Minimum, double Maximum)
{
    /// <summary>The parameters of an options record, in declaration order.</summary>
    public static IReadOnlyList<OptionDescription> Of(Type options)
    {
        object defaults = Activator.CreateInstance(options)!;
        return options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property, option: property.GetCustomAttribute<OptionAttribute>()))
            .Where(pair => pair.option is not null)
            .OrderBy(pair => pair.property.MetadataToken)
            .Select(pair => new OptionDescription(KebabCase(pair.property.Name), pair.property, pair.property.GetValue(defaults),
                pair.option!.Meaning, pair.option.Minimum, pair.option.Maximum))
            .ToArray();
    }

    /// <summary>SetOnLoad becomes set-on-load.</summary>
    public static string KebabCase(string name)
    {
        var kebab = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
