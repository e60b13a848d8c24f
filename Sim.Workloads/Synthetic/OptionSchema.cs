using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Reflection;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>The options that a record offers, in the order of their declaration.</summary>
public static class OptionSchema
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<ModelOption>> Known = new();

    /// <summary>The options of a record type: every public property with an <see cref="OptionAttribute"/>.</summary>
    public static IReadOnlyList<ModelOption> Of(Type record) => Known.GetOrAdd(record, Read);

    /// <summary>Throws a <see cref="PolicyOptionException"/> for the first number outside of its range, in nested records too.</summary>
    /// <param name="options">A model's options, or one element of a list among them.</param>
    /// <param name="owner">What the message begins with: "mixture", "mixture: parts[1]".</param>
    internal static void Check(object options, string owner)
    {
        foreach (ModelOption option in Of(options.GetType()))
        {
            option.Check(options, owner);
            if (option.Property.GetValue(options) is not IEnumerable list || option.Type == typeof(string)) continue;
            int index = 0;
            foreach (object? element in list)
            {
                string place = $"{owner}: {option.Name}[{index++}]";
                if (element is null) throw new PolicyOptionException($"{place} is empty");
                Check(element, place);
            }
        }
    }

    private static IReadOnlyList<ModelOption> Read(Type record)
    {
        var options = new List<ModelOption>();
        object? defaults = null;
        foreach (PropertyInfo property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<OptionAttribute>() is not { } attribute) continue;
            defaults ??= Activator.CreateInstance(record)!;
            options.Add(new ModelOption(property, attribute, defaults));
        }
        return options;
    }
}
