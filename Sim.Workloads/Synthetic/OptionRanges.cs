using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Whether the numbers in an options record lie in the ranges that its attributes give.</summary>
internal static class OptionRanges
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionDescription>> Known = new();

    /// <summary>Throws a <see cref="PolicyOptionException"/> for the first number outside of its range, in nested records too.</summary>
    /// <param name="options">A model's options, or one element of a list among them.</param>
    /// <param name="owner">What the message begins with: "mixture", "mixture: parts[1]".</param>
    public static void Check(object options, string owner)
    {
        foreach (OptionDescription option in Known.GetOrAdd(options.GetType(), OptionDescription.Of))
        {
            object? value = option.Property.GetValue(options);
            CheckNumber(option, value, owner);
            if (value is not IEnumerable list || option.Type == typeof(string)) continue;
            int index = 0;
            foreach (object? element in list)
            {
                string place = $"{owner}: {option.Name}[{index++}]";
                if (element is null) throw new PolicyOptionException($"{place} is empty");
                Check(element, place);
            }
        }
    }

    private static void CheckNumber(OptionDescription option, object? value, string owner)
    {
        double number;
        switch (value)
        {
            case int whole: number = whole; break;
            case long whole: number = whole; break;
            case double real when double.IsFinite(real): number = real; break;
            case double real:
                throw new PolicyOptionException(FormattableString.Invariant($"{owner}: {option.Name} is {real}; it must be a finite number"));
            default: return;
        }
        if (option.Allows(number)) return;
        throw new PolicyOptionException(FormattableString.Invariant($"{owner}: {option.Name} is {number}; it must be {option.Range}"));
    }
}
