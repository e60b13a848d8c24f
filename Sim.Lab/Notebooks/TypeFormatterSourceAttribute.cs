using System;

namespace Sim.Lab.Notebooks;

/// <summary>
/// Tells .NET Interactive how to format the type that carries it. .NET Interactive finds the attribute by its bare name and reads it
/// by reflection, so that a library needs no reference to it; the names of this class and its properties are that convention.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute : Attribute
{
    /// <summary>Names the source of formatters.</summary>
    public TypeFormatterSourceAttribute(Type formatterSourceType)
    {
        FormatterSourceType = formatterSourceType;
    }

    /// <summary>A type with a parameterless constructor and a method <c>CreateTypeFormatters</c>.</summary>
    public Type FormatterSourceType { get; }

    /// <summary>The forms to show, in order; HTML alone.</summary>
    public string[] PreferredMimeTypes { get; } = ["text/html"];
}
