using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Statistics;

namespace Sim.Lab.Results;

/// <summary>
/// What one value of a parameter changes against another, all others being equal. A replication of one is paired with the same replication of the other:
/// workloads draw from streams that depend on seed, replication and process alone, so that both met the same references and the differences vary less
/// than the metric does.
/// </summary>
public sealed class StudyComparison
{
    private StudyComparison(string parameter, string baseValue, string metric, IReadOnlyList<string> others, IReadOnlyList<ComparedPoint> points)
    {
        (Parameter, Base, Metric, Others, Points) = (parameter, baseValue, metric, others, points);
    }

    /// <summary>The compared parameter's key.</summary>
    public string Parameter { get; }

    /// <summary>The value that the others are compared with.</summary>
    public string Base { get; }

    /// <summary>The compared metric.</summary>
    public string Metric { get; }

    /// <summary>The keys of the other parameters that vary.</summary>
    public IReadOnlyList<string> Others { get; }

    /// <summary>The other values at every point of the other parameters, in the study's order.</summary>
    public IReadOnlyList<ComparedPoint> Points { get; }

    /// <summary>Compares.</summary>
    /// <param name="study">The results.</param>
    /// <param name="parameter">Key or column of a parameter that varies; if null, the only policy that does, or the only parameter.</param>
    /// <param name="baseValue">The value to compare with, as the study writes it; its first, if null.</param>
    /// <param name="metric">A metric's name.</param>
    /// <exception cref="ResultsException">There is no such parameter, value or metric.</exception>
    public static StudyComparison Of(Study study, string? parameter, string? baseValue, string metric)
    {
        ParameterColumn compared = parameter is null ? OnlyPolicy(study) : Varying(study, parameter);
        string[] values = [.. study.Points.Select(point => point.Text(compared.Name)).Distinct()];
        string chosen = baseValue ?? values[0];
        if (!values.Contains(chosen))
            throw new ResultsException(study.Folder, $"has no run with {compared.Name}={chosen}", $"it has: {string.Join(", ", values)}");
        string[] others = [.. study.Varying.Select(column => column.Name).Where(name => name != compared.Name)];
        var bases = study.Points.Where(point => point.Text(compared.Name) == chosen).ToDictionary(KeyOf);
        return new StudyComparison(compared.Name, chosen, metric, others,
            [.. study.Points.Where(point => point.Text(compared.Name) != chosen && bases.ContainsKey(KeyOf(point))).Select(point => Compare(bases[KeyOf(point)], point))]);

        string KeyOf(ParameterPoint point) => string.Join('\n', others.Select(point.Text));

        ComparedPoint Compare(ParameterPoint against, ParameterPoint point)
        {
            (double First, double Second)[] pairs = [.. point.Runs.Join(against.Runs, run => run.Replication, run => run.Replication,
                (first, second) => (first.Metric(metric), second.Metric(metric)))];
            double[] first = [.. pairs.Select(pair => pair.First)], second = [.. pairs.Select(pair => pair.Second)];
            return new ComparedPoint(others.ToDictionary(name => name, point.Parameter), point.Text(compared.Name), Moments.Of(first).Mean, Moments.Of(second).Mean,
                PairedComparison.Of(first, second));
        }
    }

    private static ParameterColumn Varying(Study study, string parameter) =>
        study.Varying.FirstOrDefault(column => column.Name == parameter || column.Column == parameter)
        ?? throw new ResultsException(study.Folder, $"has no parameter '{parameter}' that varies", VaryingText(study));

    private static ParameterColumn OnlyPolicy(Study study)
    {
        // Not an option of one, policies.quota.fixed.frames.
        ParameterColumn[] policies = [.. study.Varying.Where(column => column.Name.Split('.') is ["policies", _])];
        if (policies.Length == 1) return policies[0];
        if (study.Varying.Count == 1) return study.Varying[0];
        throw new ResultsException(study.Folder, "does not say by itself what to compare", "choose with --by; " + VaryingText(study));
    }

    private static string VaryingText(Study study) =>
        study.Varying.Count == 0 ? "all its runs are of one point" : $"what varies is: {string.Join(", ", study.Varying.Select(column => column.Name))}";
}
