namespace Sim.Workloads.Synthetic;

/// <summary>Implementing this registers a reference model: see <see cref="ModelCatalogue"/>.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TOptions">Its options: a record whose settable properties carry an option attribute; a nested model is a <see cref="ModelSpec"/>.</typeparam>
public interface IModel<TSelf, TOptions>
    where TSelf : IModel<TSelf, TOptions>, IReferenceModel
    where TOptions : class, new()
{
    /// <summary>The name in an experiment, in kebab-case.</summary>
    static abstract string Name { get; }

    /// <summary>A model over one region. Throws <see cref="Sim.Core.Contracts.PolicyOptionException"/> where the options do not fit it.</summary>
    static abstract TSelf Create(TOptions options, ModelContext context);
}
