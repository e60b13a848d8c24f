using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Units;
using Sim.Lab.Results;
using Sim.Workloads.Mappings;
using Sim.Workloads.Synthetic;

namespace Sim.Lab.Catalogue;

/// <summary>Everything that a study can name, topic by topic.</summary>
internal static class CatalogueEntries
{
    /// <summary>The topics, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Topics { get; } = ["policies", "workloads", "metrics", "presets"];

    /// <summary>All entries, by topic.</summary>
    public static IEnumerable<CatalogueEntry> All(PolicyCatalogue catalogue) =>
    [
        .. catalogue.Entries.Select(Policy),
        .. ModelCatalogue.Models.Select(model => Model("model", model)),
        .. MappingCatalogue.Models.Select(model => Model("mappings", model)),
        .. MetricCatalogue.All.Select(Metric),
        .. Presets(),
    ];

    /// <summary>What a policy sees and needs, in sentences.</summary>
    public static IEnumerable<string> Traits(PolicyEntry policy)
    {
        if (policy.View is { } view) yield return $"Sees {Sees(view)}.";
        if (policy.NeedsFuture) yield return "Needs the future: one process without clone, fork and exec on one CPU.";
        if (policy.IsStackAlgorithm) yield return "A stack algorithm: its misses never rise with memory.";
    }

    private static CatalogueEntry Policy(PolicyEntry policy) => new("policies", policy.Point, policy.Name, policy.Mechanism,
        [policy.Mechanism, .. Traits(policy), "paper: " + policy.Reference, .. Parameters(policy.Options)]);

    private static CatalogueEntry Model(string kind, ModelDescription model) => new("workloads", kind, model.Name, model.Mechanism,
        [model.Mechanism, "paper: " + model.Reference, .. Parameters(model.Options)]);

    private static CatalogueEntry Metric(MetricDefinition metric) =>
        new("metrics", "metric", metric.Name, metric.Meaning, [metric.Meaning, "unit: " + metric.Unit]);

    private static string Sees(AccessView view) => view switch
    {
        AccessView.Nothing => "faults only",
        AccessView.AccessedBit => "accessed bits",
        _ => "every access, which no kernel does",
    };

    private static IEnumerable<string> Parameters(IReadOnlyList<OptionDescription> options) =>
        options.Count == 0 ? ["no parameters"] : ["parameters:", .. OptionLines.Of(options)];

    private static IEnumerable<CatalogueEntry> Presets() =>
    [
        .. TlbSpec.Presets.Select(preset => new CatalogueEntry("presets", "tlb", preset.Key, Tlb(preset.Value),
            [Tlb(preset.Value), .. preset.Value.Levels.SelectMany((level, number) => level.Select(array => $"level {number + 1}: {Array(array)}"))])),
        .. BlockDeviceSpec.Presets.Select(preset => new CatalogueEntry("presets", "swap", preset.Key, Device(preset.Value), [Device(preset.Value)])),
        .. CostModel.Presets.Select(name => new CatalogueEntry("presets", "costs", name, Costs(name),
            [Costs(name), "costs:", .. CostModel.Find(name)!.Values.Select(value => $"  {OptionDescription.KebabCase(value.Cost.ToString())} = {value.Value}  ({value.Source})")])),
    ];

    private static string Tlb(TlbSpec tlb) => string.Join("; ", tlb.Levels.Select(level => string.Join(" + ", level.Select(array => $"{array.Entries}")) + " entries"))
        + (tlb.Asids == 0 ? "; no ASIDs" : $"; {tlb.Asids} ASIDs");

    private static string Array(TlbArraySpec array) => $"{array.Entries} entries, {array.Ways} ways, "
        + string.Join(" ", array.PageSizes.Select(size => ByteSize.OfPages(1L << (9 * (int)size)))) + ", " + OptionDescription.KebabCase(array.Replacement.ToString());

    private static string Device(BlockDeviceSpec device) =>
        $"read {device.Read}, write {device.Write}, " + (device.IsSynchronous ? "done by the CPU" : $"{device.Channels} {(device.Channels == 1 ? "channel" : "channels")}, {OptionDescription.KebabCase(device.Service.ToString())} service times");

    private static string Costs(string name) => name switch
    {
        "zero-kernel" => "only references, the TLB and page walks take time",
        _ when name.EndsWith("-low") => "a Linux 6.18 guest on a Zen 4 EPYC, near the recorded 10th percentiles",
        _ when name.EndsWith("-high") => "a Linux 6.18 guest on a Zen 4 EPYC, near the recorded 90th percentiles",
        _ => "a Linux 6.18 guest on a Zen 4 EPYC, near the recorded medians",
    };
}
