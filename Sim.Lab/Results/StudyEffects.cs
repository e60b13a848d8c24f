using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Lab.Statistics;

namespace Sim.Lab.Results;

/// <summary>
/// What a metric's variance over the runs of a study comes from: the analysis of variance of a full factorial experiment. A parameter's share is that of its main effect,
/// the means at its values; what means of single parameters do not add up to is their interaction; what differs between replications of one point is chance.
/// <code>
///   sum (y - mean)^2  =  sum over parameters n (mean at a value - mean)^2  +  interaction  +  sum (y - mean of its point)^2
/// </code>
/// <para>D. C. Montgomery, "Design and Analysis of Experiments", 8th ed. 2012, chapter 5. The shares are of this study's grid: a parameter that is swept further explains more.</para>
/// </summary>
public sealed class StudyEffects
{
    private StudyEffects(string metric, bool isConstant, IReadOnlyList<ParameterEffect> effects, double interaction, double chance)
    {
        (Metric, IsConstant, Effects, Interaction, Chance) = (metric, isConstant, effects, interaction, chance);
    }

    /// <summary>The metric's name.</summary>
    public string Metric { get; }

    /// <summary>Whether the metric is the same in every run, so that all shares are 0.</summary>
    public bool IsConstant { get; }

    /// <summary>The parameters that vary, the strongest first.</summary>
    public IReadOnlyList<ParameterEffect> Effects { get; }

    /// <summary>The share of what parameters do together and not each by itself: 0 to 1.</summary>
    public double Interaction { get; }

    /// <summary>The share of what differs between replications: 0 to 1.</summary>
    public double Chance { get; }

    /// <summary>Takes a study's runs apart.</summary>
    /// <exception cref="ResultsException">
    /// There is no such metric, or not all runs have it; or the runs are no full grid with as many replications everywhere, whose effects could not be told apart.
    /// </exception>
    public static StudyEffects Of(Study study, string metric)
    {
        if (study.Varying.Count == 0) throw new ResultsException(study.Folder, "has runs of one point alone", "sweep a parameter");
        double[] values = [.. study.Runs.Select(run => run.Metric(metric))];
        if (!values.All(double.IsFinite)) throw new ResultsException(study.Folder, $"has runs in which {metric} is not defined", "choose another metric");
        string[][] levels = [.. study.Varying.Select(parameter => study.Runs.Select(run => run.Text(parameter.Name)).Distinct().ToArray())];
        RequireGrid(study, levels);
        double total = Moments.Of(values).SquaredDeviations;
        var effects = study.Varying.Zip(levels, (parameter, texts) =>
        {
            (string Value, double Mean)[] means = [.. texts.Select(text => (text, study.Runs.Where(run => run.Text(parameter.Name) == text).Average(run => run.Metric(metric))))];
            return new ParameterEffect(parameter.Name, means, Share(Moments.Of([.. means.Select(level => level.Mean)]).SquaredDeviations * values.Length / means.Length));
        }).OrderByDescending(effect => effect.Share).ToArray();
        double chance = Share(study.Points.Sum(point => Moments.Of([.. point.Runs.Select(run => run.Metric(metric))]).SquaredDeviations));
        return new StudyEffects(metric, total == 0, effects, Math.Max(0, Share(total) - effects.Sum(effect => effect.Share) - chance), chance);

        double Share(double squares) => total == 0 ? 0 : squares / total;
    }

    private static void RequireGrid(Study study, string[][] levels)
    {
        int wanted = levels.Aggregate(1, (product, texts) => product * texts.Length), replications = study.Points.Max(point => point.Runs.Count);
        if (study.Points.Count != wanted)
            throw new ResultsException(study.Folder, $"has {study.Points.Count} of the {wanted} points of a full grid", "run what is missing, or keep only one value of a parameter with Where");
        if (study.Points.Any(point => point.Runs.Count != replications))
            throw new ResultsException(study.Folder, "has points with fewer replications than others", "run what is missing; with precision: in the study, set replications: instead");
    }
}
