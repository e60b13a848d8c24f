using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>Every reference model of this assembly. A model is here because it implements <see cref="IModel{TSelf, TOptions}"/>.</summary>
public static class ModelCatalogue
{
    /// <summary>The models, in ordinal order of their names.</summary>
    public static IReadOnlyList<ModelEntry> Models { get; } = ModelDescription.Scan<ModelEntry>(typeof(IModel<,>));

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
}
