using System;
using System.Globalization;
using System.Linq;
using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Option values as text, as they stand in an experiment or on a command line.</summary>
public static class OptionText
{
    /// <summary>The value of <paramref name="option"/> that <paramref name="text"/> names. Throws <see cref="PolicyOptionException"/> where it names none.</summary>
    public static object Read(OptionDescription option, string text)
    {
        Type type = Nullable.GetUnderlyingType(option.Property.PropertyType) ?? option.Property.PropertyType;
        if (type == typeof(string)) return text;
        if (type == typeof(bool))
        {
            return text switch
            {
                "true" => true,
                "false" => false,
                _ => throw new PolicyOptionException($"{option.Name}: '{text}' is neither true nor false"),
            };
        }
        if (type.IsEnum)
        {
            string? member = Enum.GetNames(type).FirstOrDefault(name => OptionDescription.KebabCase(name) == text);
            return member is not null ? Enum.Parse(type, member) : throw new PolicyOptionException(
                $"{option.Name}: there is no '{text}'; {NearestName.Suggest(text, Enum.GetNames(type).Select(OptionDescription.KebabCase))}");
        }
        if (type == typeof(SimTime)) return Quantity.TryParseTime(text, out SimTime time)
            ? InRange(option, time, time.Nanoseconds, text)
            : throw new PolicyOptionException($"{option.Name}: '{text}' is not a time; a time is written like 4ms");
        if (type == typeof(ByteSize)) return Quantity.TryParseSize(text, out ByteSize size)
            ? InRange(option, size, size.Bytes, text)
            : throw new PolicyOptionException($"{option.Name}: '{text}' is not a size; a size is written like 64MiB");
        return ReadNumber(option, type, text);
    }

    /// <summary>The text that <see cref="Read"/> turns into <paramref name="value"/>.</summary>
    public static string Write(object? value) => value switch
    {
        null => "none",
        bool truth => truth ? "true" : "false",
        Enum member => OptionDescription.KebabCase(member.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static object InRange(OptionDescription option, object value, double number, string text) => option.Allows(number)
        ? value
        : throw new PolicyOptionException($"{option.Name}: {text} is out of range; it must be {option.Range}");

    private static object ReadNumber(OptionDescription option, Type type, string text)
    {
        if (!Quantity.TryParseNumber(text, out double number))
            throw new PolicyOptionException($"{option.Name}: '{text}' is not a number");
        bool whole = type == typeof(int) || type == typeof(long);
        if (whole && number != Math.Floor(number)) throw new PolicyOptionException($"{option.Name}: {text} is not a whole number");
        double largest = type == typeof(int) ? int.MaxValue : type == typeof(long) ? long.MaxValue / 2 : double.MaxValue;
        if (number < option.Minimum || number > Math.Min(option.Maximum, largest)) throw new PolicyOptionException(
            $"{option.Name}: {text} is outside of {Write(option.Minimum)} to {Write(Math.Min(option.Maximum, largest))}");
        if (!option.Allows(number)) throw new PolicyOptionException($"{option.Name}: {text} is not {option.Range}");
        return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
    }
}
