using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Catalogue;

/// <summary>Options as text: name, default, range and meaning, in lists those of the elements below.</summary>
internal static class OptionLines
{
    /// <summary>A line for each option, indented.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<OptionDescription> options, string indent = "  ")
    {
        foreach (OptionDescription option in options)
        {
            yield return $"{indent}{option.Name} = {Default(option)}  ({Values(option)})";
            yield return $"{indent}    {option.Meaning}";
            if (option.ElementType is not { } element) continue;
            foreach (string line in Of(OptionDescription.Of(element), indent + "    ")) yield return line;
        }
    }

    /// <summary>The default as a study writes it.</summary>
    public static string Default(OptionDescription option) => option.ElementType is not null ? "[]" : OptionText.Write(option.Default);

    /// <summary>Which values there are, in words.</summary>
    public static string Values(OptionDescription option)
    {
        if (option.ElementType is not null) return "a list of maps";
        if (option.Type == typeof(ModelSpec)) return "a model";
        if (option.Type == typeof(bool)) return "true or false";
        if (option.Type.IsEnum) return string.Join(", ", System.Enum.GetNames(option.Type).Select(OptionDescription.KebabCase));
        return option.Type == typeof(string) ? "a text" : option.Range;
    }
}
