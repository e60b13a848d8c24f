using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;
using Sim.Workloads.Mappings;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds a reference model, and the models and records inside of it, by the options that it declares.</summary>
internal static class ModelBinder
{
    /// <summary>zipf, zipf(alpha=0.9) or {zipf: {alpha: 0.9}}.</summary>
    public static ModelSpec Bind(Setting setting) => Bind(setting, "model", ModelCatalogue.Models);

    /// <summary>A mapping model: churn, churn(live=100) or {churn: {live: 100}}.</summary>
    public static ModelSpec BindMapping(Setting setting) => Bind(setting, "mapping model", MappingCatalogue.Models);

    private static ModelSpec Bind(Setting setting, string kind, IReadOnlyList<ModelDescription> models)
    {
        MapEntry choice = ChoiceText.ToMap(setting.Node, setting.Path).Entries[0];
        ModelDescription model = models.FirstOrDefault(model => model.Name == choice.Key) ?? throw choice.KeyMark.Error(
            $"{setting.Path}: there is no {kind} '{choice.Key}'; {NearestName.Suggest(choice.Key, models.Select(model => model.Name))}");
        return new ModelSpec(model.Name, Record(model.OptionsType, new Setting(choice.Value, setting.Path + "." + choice.Key, setting.Scope)));
    }

    private static object Record(Type type, Setting setting)
    {
        if (setting.Node is not MapNode map) throw setting.Error("a map of options is expected: {option: value}");
        object record = Activator.CreateInstance(type)!;
        IReadOnlyList<OptionDescription> options = OptionDescription.Of(type);
        foreach (MapEntry entry in map.Entries)
        {
            OptionDescription option = options.FirstOrDefault(option => option.Name == entry.Key) ?? throw entry.KeyMark.Error(
                $"{setting.Path} has no option '{entry.Key}'; {(options.Count == 0 ? "it has none" : NearestName.Suggest(entry.Key, options.Select(other => other.Name)))}");
            option.Property.SetValue(record, Value(option, new Setting(entry.Value, $"{setting.Path}.{entry.Key}", setting.Scope)));
        }
        return record;
    }

    private static object Value(OptionDescription option, Setting setting)
    {
        if (option.Type == typeof(ModelSpec)) return Bind(setting);
        if (option.ElementType is { } element) return List(element, setting);
        string text = setting.Text();
        if (text.EndsWith('B') && Quantity.TryParseSize(text, out _))
            throw setting.Error($"'{text}' is a size; {option.Name} is a plain number, of pages where it counts memory");
        try
        {
            return OptionText.Read(option, text);
        }
        catch (PolicyOptionException e)
        {
            // The option's name is the last part of the path already.
            string problem = e.Message.StartsWith(option.Name + ": ", StringComparison.Ordinal) ? e.Message[(option.Name.Length + 2)..] : e.Message;
            throw setting.Error(problem);
        }
    }

    private static Array List(Type element, Setting setting)
    {
        IReadOnlyList<Setting> items = setting.Items();
        var list = Array.CreateInstance(element, items.Count);
        foreach (var (index, item) in items.Index()) list.SetValue(Record(element, item), index);
        return list;
    }
}
