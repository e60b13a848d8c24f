using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>What a registered model is called, where it comes from and what it takes, of references or of mappings.</summary>
public abstract class ModelDescription
{
    private protected ModelDescription(Type model, Type options, string name)
    {
        PaperAttribute paper = model.GetCustomAttribute<PaperAttribute>()
            ?? throw new InvalidOperationException($"{model} has no [Paper] that says what it does and where it comes from");
        Name = name;
        Mechanism = paper.Mechanism;
        Reference = paper.Reference;
        OptionsType = options;
        Options = OptionDescription.Of(options);
    }

    /// <summary>
    /// An entry for every model of this assembly that implements a contract, in ordinal order of their names, made by the entry's Of.
    /// Throws where two bear one name.
    /// </summary>
    internal static IReadOnlyList<TEntry> Scan<TEntry>(Type contract)
        where TEntry : ModelDescription
    {
        MethodInfo entryOf = typeof(TEntry).GetMethod("Of", BindingFlags.Static | BindingFlags.NonPublic)!;
        TEntry[] entries =
        [
            .. typeof(ModelDescription).Assembly.GetTypes().Where(type => type is { IsInterface: false, IsAbstract: false })
                .SelectMany(type => type.GetInterfaces())
                .Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == contract)
                .Select(closed => (TEntry)entryOf.MakeGenericMethod(closed.GetGenericArguments()).Invoke(null, null)!)
                .OrderBy(entry => entry.Name, StringComparer.Ordinal),
        ];
        foreach (var (first, second) in entries.Zip(entries.Skip(1)))
        {
            if (first.Name == second.Name) throw new InvalidOperationException($"two models are called '{first.Name}'");
        }
        return entries;
    }

    /// <summary>The name in an experiment.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public string Mechanism { get; }

    /// <summary>Where it comes from.</summary>
    public string Reference { get; }

    /// <summary>The record that a binder fills; it has a constructor without parameters.</summary>
    public Type OptionsType { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<OptionDescription> Options { get; }
}
