using System;
using System.Collections.Generic;
using System.Reflection;
using Sim.Core.Contracts;
using Sim.Workloads.Synthetic;

namespace Sim.Workloads.Mappings;

/// <summary>A registered mapping model: what it is called, where it comes from, what it takes, and how one is made.</summary>
public sealed class MappingModelEntry
{
    private readonly Func<object, ulong, IMappingModel> _create;

    private MappingModelEntry(Type model, Type options, string name, Func<object, ulong, IMappingModel> create)
    {
        PaperAttribute paper = model.GetCustomAttribute<PaperAttribute>() ?? throw new InvalidOperationException($"{model} has no [Paper]");
        _create = create;
        OptionsType = options;
        Name = name;
        Mechanism = paper.Mechanism;
        Reference = paper.Reference;
        Options = OptionDescription.Of(options);
    }

    /// <summary>The name in an experiment.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public string Mechanism { get; }

    /// <summary>Where it comes from.</summary>
    public string Reference { get; }

    /// <summary>The record that a binder fills.</summary>
    public Type OptionsType { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<OptionDescription> Options { get; }

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
