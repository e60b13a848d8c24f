using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Lab.Results;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds figures: each shows a metric against a parameter that the study sets.</summary>
internal static class FigureBinder
{
    private static readonly string[] Scales = ["linear", "log2", "log10"];

    /// <summary>The figures. The setting is null where the study asks for none.</summary>
    public static IReadOnlyList<FigureSpec> Bind(Setting? setting, IReadOnlyList<ParameterValue> parameters) =>
        setting is null ? [] : [.. setting.Items().Select(item => Figure(item, [.. parameters.Select(parameter => parameter.Name)]))];

    private static FigureSpec Figure(Setting setting, string[] parameters)
    {
        MapReader map = setting.Map();
        Setting x = map.Require("x", "machine.memory"), y = map.Require("y", "fault_rate");
        Setting? series = map.Find("series"), facet = map.Find("facet"), title = map.Find("title");
        Setting? xScale = map.Find("x-scale"), yScale = map.Find("y-scale");
        map.Close();
        string metric = y.OneOf("metric", MetricCatalogue.All.Select(definition => definition.Name));
        return new FigureSpec(Parameter(x, parameters), metric, Parameter(series, parameters), Parameter(facet, parameters), title?.Text(),
            xScale?.OneOf("scale", Scales), yScale?.OneOf("scale", Scales));
    }

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(setting))]
    private static string? Parameter(Setting? setting, string[] parameters)
    {
        if (setting is null) return null;
        string name = setting.Text();
        return parameters.Contains(name) ? name : throw setting.Error($"the study sets no '{name}'; "
            + (parameters.Length == 0 ? "sweep something" : NearestName.Suggest(name, parameters)));
    }
}
