using System;
using System.Linq;
using Sim.Lab.Results;

namespace Sim.Lab.Figures;

/// <summary>Axes from what is known of parameters and metrics: their words, their units and the spacing that their values suggest.</summary>
internal static class StudyAxes
{
    // Beyond this the title of a vertical axis grows longer than the axis.
    private const int LongestUnit = 38;

    private const int LongestKey = 40;

    /// <summary>The axis of a parameter: its last word, with its key behind.</summary>
    public static FigureAxis OfParameter(Study study, string name, string? scale)
    {
        ParameterColumn parameter = study.Parameters.FirstOrDefault(known => known.Name == name || known.Column == name)
            ?? throw Unknown(study, name);
        double[] values = [.. study.Points.Select(point => point.Number(parameter.Name)).Where(double.IsFinite).Distinct().Order()];
        FigureFormat format = parameter.Kind switch
        {
            ParameterKind.Bytes => FigureFormat.Bytes,
            ParameterKind.Nanoseconds => FigureFormat.Time,
            ParameterKind.Text => FigureFormat.Category,
            _ => FigureFormat.Number,
        };
        string key = parameter.Name.Length > LongestKey ? "…" + parameter.Name[^LongestKey..] : parameter.Name;
        FigureScale spacing = Scale(scale) ?? Suggested(values, parameter.Kind);
        // A linear axis of bytes or times puts its unit into brackets; two pairs of them would stand side by side.
        bool bringsUnit = spacing == FigureScale.Linear && format is FigureFormat.Bytes or FigureFormat.Time;
        string noun = Noun(parameter.Name);
        string title = parameter.Name == LastPart(parameter.Name) ? noun : bringsUnit ? $"{noun}, {key}" : $"{noun} ({key})";
        return new FigureAxis(title, format, spacing);
    }

    /// <summary>The axis of a metric.</summary>
    public static FigureAxis OfMetric(string name, string? scale)
    {
        MetricDefinition? metric = MetricCatalogue.Find(name);
        FigureScale spacing = Scale(scale) ?? FigureScale.Linear;
        return metric?.Unit switch
        {
            "ns" => new FigureAxis(MetricName(name), FigureFormat.Time, spacing),
            "bytes" => new FigureAxis(MetricName(name), FigureFormat.Bytes, spacing),
            "fraction" when name.EndsWith("_utilisation", StringComparison.Ordinal) => new FigureAxis(MetricName(name), FigureFormat.Percent, spacing),
            "fraction" => new FigureAxis(MetricName(name), FigureFormat.Number, spacing, Short(metric.Meaning, name.EndsWith("_rate", StringComparison.Ordinal) ? "per user reference" : "")),
            "per_s" => new FigureAxis(MetricName(name), FigureFormat.Number, spacing, Short(metric.Meaning, "per second")),
            "count" => new FigureAxis(MetricName(name), FigureFormat.Number, spacing, Short(metric.Meaning, "")),
            _ => new FigureAxis(MetricName(name), FigureFormat.Number, spacing),
        };
    }

    /// <summary>A metric in words: fault_rate is Fault rate. Kernel counters keep their names.</summary>
    public static string MetricName(string name)
    {
        MetricDefinition? metric = MetricCatalogue.Find(name);
        if (metric is null or { Unit: "count" }) return name;
        string words = metric.Unit switch
        {
            "ns" => WithoutEnd(name, "_ns"),
            "bytes" => WithoutEnd(name, "_bytes"),
            "per_s" => WithoutEnd(name, "_per_s"),
            _ => name,
        };
        return Capital(words.Replace('_', ' ')).Replace("Tlb ", "TLB ").Replace("Cpu ", "CPU ");
    }

    /// <summary>A parameter in a word or two: machine.memory is Memory, policies.reclaim is Reclaim policy, its options are themselves.</summary>
    public static string Noun(string parameter)
    {
        string words = Capital(LastPart(parameter).Replace('-', ' ').Replace('_', ' '));
        return parameter == "policies." + LastPart(parameter) ? words + " policy" : words;
    }

    /// <summary>The last part of a parameter's path.</summary>
    public static string LastPart(string parameter) => parameter[(parameter.LastIndexOf('.') + 1)..];

    private static FigureScale? Scale(string? name) => name switch
    {
        "linear" => FigureScale.Linear,
        "log2" => FigureScale.Log2,
        "log10" => FigureScale.Log10,
        _ => null,
    };

    private static FigureScale Suggested(double[] values, ParameterKind kind)
    {
        const double LeastSpan = 4;
        const double DecimalSpan = 100;
        if (values.Length < 3 || values[0] <= 0 || values[^1] / values[0] < LeastSpan) return FigureScale.Linear;
        double[] differences = [.. values.Zip(values.Skip(1), (low, high) => high - low)];
        // Sizes come in powers of two and halves between; only evenly spaced ones are meant to be read linearly.
        if (kind == ParameterKind.Bytes) return differences.Max() > differences.Min() ? FigureScale.Log2 : FigureScale.Linear;
        double[] ratios = [.. values.Zip(values.Skip(1), (low, high) => Math.Log(high / low))];
        if (Unevenness(ratios) >= Unevenness(differences)) return FigureScale.Linear;
        if (values.All(double.IsPow2)) return FigureScale.Log2;
        return values[^1] / values[0] >= DecimalSpan ? FigureScale.Log10 : FigureScale.Linear;
    }

    private static double Unevenness(double[] steps) => steps.Max() / steps.Min();

    // A meaning up to its first colon or comma, if an axis has room for it.
    private static string? Short(string meaning, string otherwise)
    {
        string clause = meaning.Split(':')[0];
        return clause.Length <= LongestUnit ? clause : otherwise.Length > 0 ? otherwise : null;
    }

    private static string WithoutEnd(string name, string end) => name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name;

    private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    private static ResultsException Unknown(Study study, string name) => new(study.Folder, $"has no parameter '{name}'",
        Sim.Core.Contracts.NearestName.Suggest(name, study.Parameters.Select(parameter => parameter.Name)));
}
