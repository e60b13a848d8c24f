namespace Sim.Workloads.Mappings;

/// <summary>Implementing this registers a mapping model: see <see cref="MappingCatalogue"/>.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TOptions">Its options: a record whose settable properties carry an option attribute.</typeparam>
public interface IMappingModel<TSelf, TOptions>
    where TSelf : IMappingModel<TSelf, TOptions>, IMappingModel
    where TOptions : class, new()
{
    /// <summary>The name in an experiment, in kebab-case.</summary>
    static abstract string Name { get; }

    /// <summary>A model with its own stream.</summary>
    static abstract TSelf Create(TOptions options, ulong seed);
}
