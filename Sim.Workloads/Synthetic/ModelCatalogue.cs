using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Every reference model of this assembly. A model is here because it implements <see cref="IModel{TSelf, TOptions}"/>.</summary>
public static class ModelCatalogue
{
    private static readonly MethodInfo EntryOf = typeof(ModelEntry).GetMethod(nameof(ModelEntry.Of), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The models, in ordinal order of their names.</summary>
    public static IReadOnlyList<ModelEntry> Models { get; } = Scan(typeof(ModelCatalogue).Assembly);

    /// <summary>The model of that name, or null.</summary>
    public static ModelEntry? Find(string name) => Models.FirstOrDefault(entry => entry.Name == name);

    /// <summary>
    /// The model that a specification names, over one region. Throws a <see cref="PolicyOptionException"/> where there is none of
    /// that name, or its options are wrong.
    /// </summary>
    public static IReferenceModel Create(ModelSpec spec, ModelContext context)
    {
        ModelEntry entry = Find(spec.Name)
            ?? throw new PolicyOptionException($"there is no model '{spec.Name}'; {NearestName.Suggest(spec.Name, Models.Select(model => model.Name))}");
        return entry.Create(spec.Options, context);
    }

    private static ModelEntry[] Scan(Assembly assembly)
    {
        var entries = new List<ModelEntry>();
        foreach (Type type in assembly.GetTypes())
        {
            if (type.IsInterface || type.IsAbstract) continue;
            foreach (Type contract in type.GetInterfaces())
            {
                if (!contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(IModel<,>)) continue;
                entries.Add((ModelEntry)EntryOf.MakeGenericMethod(contract.GetGenericArguments()).Invoke(null, null)!);
            }
        }
        entries.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i].Name == entries[i - 1].Name) throw new InvalidOperationException($"two models are called '{entries[i].Name}'");
        }
        return entries.ToArray();
    }
}
