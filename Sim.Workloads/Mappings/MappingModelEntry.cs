using System;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;

namespace Sim.Workloads.Mappings;

/// <summary>A registered mapping model, and how one is made.</summary>
public sealed class MappingModelEntry : ModelDescription
{
    private readonly Func<object, ulong, IMappingModel> _create;

    private MappingModelEntry(Type model, Type options, string name, Func<object, ulong, IMappingModel> create)
        : base(model, options, name) => _create = create;

    /// <summary>A model. Throws a <see cref="PolicyOptionException"/> where the options are out of range.</summary>
    public IMappingModel Create(object options, ulong seed)
    {
        OptionRanges.Check(options, Name);
        return _create(options, seed);
    }

    internal static MappingModelEntry Of<TModel, TOptions>()
        where TModel : IMappingModel<TModel, TOptions>, IMappingModel
        where TOptions : class, new()
        => new(typeof(TModel), typeof(TOptions), TModel.Name, (options, seed) => TModel.Create((TOptions)options, seed));
}
