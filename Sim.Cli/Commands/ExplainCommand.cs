using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Sim.Lab.Report;
using Sim.Lab.Results;

namespace Sim.Cli.Commands;

/// <summary>`sim explain`: which parameters a metric's differences come from.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var folder = Shared.ResultsFolder();
        var metric = Shared.Metric();
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command("explain", "Say how much of a metric's variance each swept parameter accounts for, their interaction, and chance.") { folder, metric, json };
        command.SetAction(parsed => Failure.Guard(() =>
        {
            StudyEffects effects = Study.Open(parsed.GetValue(folder)!).Effects(parsed.GetValue(metric)!);
            if (parsed.GetValue(json)) WriteJson(effects);
            else WriteTable(effects);
            return Failure.Done;
        }));
        return command.WithExample("sim explain results/quickstart --metric fault_rate");
    }

    private static void WriteTable(StudyEffects effects)
    {
        if (effects.IsConstant)
        {
            Console.WriteLine($"{effects.Metric} is {IntervalText.Of(effects.Metric, effects.Effects[0].Levels[0].Mean)} in every run");
            return;
        }
        TextTable.Write(["parameter", "values", "share", "least at", "", "most at", ""],
        [
            .. effects.Effects.Select(effect =>
            {
                var (least, most) = (effect.Levels.MinBy(level => level.Mean), effect.Levels.MaxBy(level => level.Mean));
                string count = effect.Levels.Count.ToString(CultureInfo.InvariantCulture);
                return new[] { effect.Parameter, count, Percent(effect.Share), least.Value, IntervalText.Of(effects.Metric, least.Mean), most.Value, IntervalText.Of(effects.Metric, most.Mean) };
            }),
            ["interaction", "", Percent(effects.Interaction), "", "", "", ""],
            ["chance", "", Percent(effects.Chance), "", "", "", ""],
        ]);
        Console.WriteLine();
        Console.WriteLine($"of the variance of {effects.Metric} over this study's runs; means are over all values of the other parameters");
    }

    private static void WriteJson(StudyEffects effects) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        metric = effects.Metric,
        effects = effects.Effects.Select(effect => new
        {
            parameter = effect.Parameter,
            share = effect.Share,
            levels = effect.Levels.Select(level => new { value = level.Value, mean = level.Mean }),
        }),
        interaction = effects.Interaction,
        chance = effects.Chance,
    }, Shared.Json));

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
