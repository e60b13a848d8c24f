using System.Globalization;
using Sim.Core.Units;

namespace Sim.Lab.Results;

/// <summary>The kinds of parameter value; the kind decides the column's type, unit and the axis of a figure.</summary>
public enum ParameterKind
{
    /// <summary>A size: int64, bytes.</summary>
    Bytes,

    /// <summary>A time: double, nanoseconds.</summary>
    Nanoseconds,

    /// <summary>A whole number: int64.</summary>
    Whole,

    /// <summary>A number: double.</summary>
    Real,

    /// <summary>Anything else: a string.</summary>
    Text,
}

/// <summary>One parameter that a study sets, with its value in one run.</summary>
/// <param name="Name">The key's path in the study: machine.memory.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Number">The value, unless it is text.</param>
/// <param name="Text">The value as the study writes it.</param>
public sealed record ParameterValue(string Name, ParameterKind Kind, double Number, string Text)
{
    /// <summary>The column that holds it: the name with its unit, machine.memory_bytes.</summary>
    public string Column => Kind switch
    {
        ParameterKind.Bytes => Name + "_bytes",
        ParameterKind.Nanoseconds => Name + "_ns",
        _ => Name,
    };

    /// <summary>Reads the kind of a value off its text: 64MiB is a size, 80ns a time, 3 a whole number, 30% a number, lru a text.</summary>
    public static ParameterValue Of(string name, string text)
    {
        if (Quantity.TryParseSize(text, out ByteSize size)) return new(name, ParameterKind.Bytes, size.Bytes, text);
        if (Quantity.TryParseTime(text, out SimTime time)) return new(name, ParameterKind.Nanoseconds, time.Nanoseconds, text);
        if (!Quantity.TryParseNumber(text, out double number)) return new(name, ParameterKind.Text, double.NaN, text);
        bool isWhole = number == System.Math.Floor(number) && System.Math.Abs(number) < 1e15 && !text.Contains('.') && !text.Contains('%');
        return new(name, isWhole ? ParameterKind.Whole : ParameterKind.Real, number, text);
    }

    public override string ToString() => Kind == ParameterKind.Text ? Text : Number.ToString(CultureInfo.InvariantCulture);
}
