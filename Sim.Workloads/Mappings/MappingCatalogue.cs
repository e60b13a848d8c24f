using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Sim.Workloads.Synthetic;

namespace Sim.Workloads.Mappings;

/// <summary>Every mapping model of this assembly. A model is here because it implements <see cref="IMappingModel{TSelf, TOptions}"/>.</summary>
public static class MappingCatalogue
{
    private static readonly MethodInfo EntryOf = typeof(MappingModelEntry).GetMethod(nameof(MappingModelEntry.Of), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The models, in ordinal order of their names.</summary>
    public static IReadOnlyList<MappingModelEntry> Models { get; } =
    [
        .. typeof(MappingCatalogue).Assembly.GetTypes().Where(type => type is { IsInterface: false, IsAbstract: false })
            .SelectMany(type => type.GetInterfaces())
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IMappingModel<,>))
            .Select(contract => (MappingModelEntry)EntryOf.MakeGenericMethod(contract.GetGenericArguments()).Invoke(null, null)!)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ];

    /// <summary>The model of that name, or null.</summary>
    public static MappingModelEntry? Find(string name) => Models.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The model that a specification names, which the catalogue has.</summary>
    public static IMappingModel Create(ModelSpec spec, ulong seed) => Find(spec.Name)!.Create(spec.Options, seed);
}
