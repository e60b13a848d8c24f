using System.Collections.Generic;
using System.Linq;
using Sim.Workloads.Synthetic;

namespace Sim.Workloads.Mappings;

/// <summary>Every mapping model of this assembly. A model is here because it implements <see cref="IMappingModel{TSelf, TOptions}"/>.</summary>
public static class MappingCatalogue
{
    /// <summary>The models, in ordinal order of their names.</summary>
    public static IReadOnlyList<MappingModelEntry> Models { get; } = ModelDescription.Scan<MappingModelEntry>(typeof(IMappingModel<,>));

    /// <summary>The model of that name, or null.</summary>
    public static MappingModelEntry? Find(string name) => Models.FirstOrDefault(entry => entry.Name == name);

    /// <summary>The model that a specification names, which the catalogue has.</summary>
    public static IMappingModel Create(ModelSpec spec, ulong seed) => Find(spec.Name)!.Create(spec.Options, seed);
}
