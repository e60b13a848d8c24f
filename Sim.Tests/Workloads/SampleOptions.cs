using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;

namespace Sim.Tests.Workloads;

/// <summary>Options with which any model of the catalogue runs: its defaults, with nested models where it asks for them.</summary>
internal static class SampleOptions
{
    public static object For(ModelEntry entry)
    {
        object options = Activator.CreateInstance(entry.OptionsType)!;
        foreach (OptionDescription option in entry.Options)
        {
            if (option.ElementType is { } element && Array.Exists(element.GetProperties(), property => property.PropertyType == typeof(ModelSpec)))
                option.Property.SetValue(options, Nested(element));
        }
        return options;
    }

    private static Array Nested(Type element)
    {
        ModelSpec[] models = [new("zipf", new ZipfOptions()), new("uniform", new NoOptions()), new("loop", new LoopOptions { Pages = 7 })];
        var list = Array.CreateInstance(element, models.Length);
        for (int i = 0; i < models.Length; i++)
        {
            object part = Activator.CreateInstance(element)!;
            var values = new Dictionary<string, object> { ["model"] = models[i], ["first"] = 10L * i, ["count"] = 33L + i };
            foreach (OptionDescription option in OptionDescription.Of(element))
            {
                if (values.TryGetValue(option.Name, out object? value)) option.Property.SetValue(part, value);
            }
            list.SetValue(part, i);
        }
        return list;
    }
}
