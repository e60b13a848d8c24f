using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Binding;

/// <summary>A value of the study with its path. Reading it as a type checks it, and throws with the place where it does not hold.</summary>
internal sealed record Setting(Node Node, string Path, BindScope Scope)
{
    /// <summary>The error that points at the value.</summary>
    public StudyException Error(string problem) => Node.Mark.Error($"{Path}: {problem}");

    /// <summary>The text of a scalar.</summary>
    public string Text() => Node switch
    {
        ScalarNode { Text: "" } => throw Error("has no value"),
        ScalarNode scalar => scalar.Text,
        MapNode => throw Error("a single value is expected, not a map"),
        _ => throw Error("a single value is expected, not a list"),
    };

    /// <summary>A size of whole pages.</summary>
    public ByteSize Size(ByteSize minimum, ByteSize maximum)
    {
        ByteSize size = Bytes(minimum, maximum);
        return size.Bytes % ByteSize.PageBytes == 0 ? size : throw Error($"{Text()} is not a whole number of 4KiB pages");
    }

    /// <summary>A size of any number of bytes.</summary>
    public ByteSize Bytes(ByteSize minimum, ByteSize maximum)
    {
        string text = Text();
        if (!Quantity.TryParseSize(text, out ByteSize size))
            throw Error(Quantity.TryParseNumber(text, out _) ? $"'{text}' has no unit; a size is written like {text}MiB" : $"'{text}' is not a size; a size is written like 64MiB");
        if (size.CompareTo(minimum) < 0 || size.CompareTo(maximum) > 0) throw Error($"{text} is outside of {minimum} to {maximum}");
        return size;
    }

    /// <summary>A time.</summary>
    public SimTime Time(SimTime minimum, SimTime maximum)
    {
        string text = Text();
        if (!Quantity.TryParseTime(text, out SimTime time))
            throw Error(Quantity.TryParseNumber(text, out _) ? $"'{text}' has no unit; a time is written like {text}ms" : $"'{text}' is not a time; a time is written like 10ms");
        if (time < minimum || time > maximum) throw Error($"{text} is outside of {minimum} to {maximum}");
        return time;
    }

    /// <summary>A whole number, such as 20 or 20M.</summary>
    public long Whole(long minimum, long maximum)
    {
        string text = Text();
        if (!Quantity.TryParseNumber(text, out double number) || text.EndsWith('%')) throw Error($"'{text}' is not a number; a count is written like 20 or 20M");
        if (number != Math.Floor(number)) throw Error($"{text} is not a whole number");
        if (number < minimum || number > maximum) throw Error($"{text} is outside of {minimum} to {maximum}");
        return (long)number;
    }

    /// <summary>A share: 30% or 0.3.</summary>
    public double Share()
    {
        string text = Text();
        if (!Quantity.TryParseNumber(text, out double number)) throw Error($"'{text}' is not a share; a share is written like 30% or 0.3");
        return number is >= 0 and <= 1 ? number : throw Error($"{text} is outside of 0% to 100%");
    }

    /// <summary>true or false.</summary>
    public bool Flag() => Text() switch
    {
        "true" => true,
        "false" => false,
        string other => throw Error($"'{other}' is neither true nor false"),
    };

    /// <summary>One of several words.</summary>
    public string OneOf(string what, params IEnumerable<string> names)
    {
        string text = Text();
        return names.Contains(text) ? text : throw Error($"there is no {what} '{text}'; {NearestName.Suggest(text, names)}");
    }

    /// <summary>A member of an enumeration, in kebab-case.</summary>
    public TEnum Member<TEnum>(string what)
        where TEnum : struct, Enum
    {
        string name = OneOf(what, Enum.GetNames<TEnum>().Select(OptionDescription.KebabCase));
        return Enum.GetValues<TEnum>().First(member => OptionDescription.KebabCase(member.ToString()) == name);
    }

    /// <summary>The items of a list that is not empty.</summary>
    public IReadOnlyList<Setting> Items()
    {
        if (Node is not ListNode list) throw Error("a list is expected: [..] or lines that begin with '-'");
        if (list.Items.Count == 0) throw Error("the list is empty");
        return [.. list.Items.Select((item, index) => new Setting(item, $"{Path}[{index.ToString(CultureInfo.InvariantCulture)}]", Scope))];
    }

    /// <summary>The keys of a map.</summary>
    public MapReader Map() => Node switch
    {
        MapNode map => new MapReader(map, Path, Scope),
        ScalarNode { Text: "" } => throw Error("has no value; a map of keys is expected"),
        _ => throw Error("a map of keys is expected: {key: value}"),
    };
}
