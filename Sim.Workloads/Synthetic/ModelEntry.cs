using System;
using Sim.Core.Contracts;

namespace Sim.Workloads.Synthetic;

/// <summary>A registered reference model, and how one is made.</summary>
public sealed class ModelEntry : ModelDescription
{
    private const long PageLimit = 1L << 32;
    private readonly Func<object, ModelContext, IReferenceModel> _create;

    private ModelEntry(Type model, Type options, string name, Func<object, ModelContext, IReferenceModel> create)
        : base(model, options, name) => _create = create;

    /// <summary>A model over a region. Throws a <see cref="PolicyOptionException"/> where the options are out of range or do not fit the region.</summary>
    public IReferenceModel Create(object options, ModelContext context)
    {
        if (!OptionsType.IsInstanceOfType(options)) throw new ArgumentException($"{Name} takes {OptionsType.Name}, not {options.GetType().Name}", nameof(options));
        if (context.Pages is < 1 or >= PageLimit)
            throw new PolicyOptionException($"{Name}: the region has {context.Pages} pages; a model takes from 1 to {PageLimit - 1}");
        OptionRanges.Check(options, Name);
        return _create(options, context);
    }

    internal static ModelEntry Of<TModel, TOptions>()
        where TModel : IModel<TModel, TOptions>, IReferenceModel
        where TOptions : class, new()
        => new(typeof(TModel), typeof(TOptions), TModel.Name, (options, context) => TModel.Create((TOptions)options, context));
}
