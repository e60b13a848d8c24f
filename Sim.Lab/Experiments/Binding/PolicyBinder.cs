using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds the policies of a study: those that it names, and the defaults of the others.</summary>
internal static class PolicyBinder
{
    /// <summary>The policy points that can be set, each with the policy that stands where the study says nothing.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Points { get; } =
        [new("reclaim", "clock"), new("quota", "none"), new("paging", "demand"), new("readahead", "sequential-detect"), new("scheduler", "round-robin"), new("context-switch", "asid"), new("mm-lock", "none"),
            new("vma-merge", "linux"), new("vma-index", "maple"), new("placement", "top-down"), new("fork", "cow"),
            new("frame-allocator", "buddy"), new("slab", "slub"), new("vmalloc", "first-fit")];

    private static readonly string[] PointsToCome =
    [
        "huge-pages", "shootdown",
        "swap-slot", "oom", "same-page-merging",
    ];

    private static readonly string[] Hardware = ["tlb", "page-table", "swap"];

    /// <summary>The policies by point. The setting is null where the study has no policies.</summary>
    public static IReadOnlyDictionary<string, BoundPolicy> Bind(Setting? setting, BindScope scope)
    {
        var policies = new Dictionary<string, BoundPolicy>();
        MapReader? map = setting?.Map();
        foreach (var (point, standard) in Points)
        {
            Setting? named = map?.Find(point);
            policies[point] = named is not null
                ? new BoundPolicy(Choose(point, named), named)
                : new BoundPolicy(PolicyChoice.Parse(scope.Catalogue, point, standard), null);
        }
        foreach (MapEntry entry in map?.Node.Entries ?? [])
        {
            if (PointsToCome.Contains(entry.Key))
                throw entry.KeyMark.Error($"policy point '{entry.Key}' is not built yet; built: {string.Join(", ", Points.Select(point => point.Key))}");
            if (Hardware.Contains(entry.Key)) throw entry.KeyMark.Error($"'{entry.Key}' is hardware; it stands under machine");
        }
        map?.Close();
        return policies;
    }

    /// <summary>The policy that a setting chooses at a point.</summary>
    public static PolicyChoice Choose(string point, Setting setting)
    {
        MapEntry choice = ChoiceText.ToMap(setting.Node, setting.Path).Entries[0];
        PolicyCatalogue catalogue = setting.Scope.Catalogue;
        At(setting with { Node = new ScalarNode(choice.KeyMark, choice.Key) }, () => PolicyChoice.Bind(catalogue, point, choice.Key, []));
        var options = new List<KeyValuePair<string, string>>();
        foreach (MapEntry entry in ((MapNode)choice.Value).Entries)
        {
            var option = new Setting(entry.Value, $"{setting.Path}.{choice.Key}.{entry.Key}", setting.Scope);
            KeyValuePair<string, string> pair = new(entry.Key, option.Text());
            At(setting with { Node = entry.Value }, () => PolicyChoice.Bind(catalogue, point, choice.Key, [pair]));
            options.Add(pair);
        }
        return At(setting, () => PolicyChoice.Bind(catalogue, point, choice.Key, options));
    }

    private static PolicyChoice At(Setting setting, System.Func<PolicyChoice> bind)
    {
        try
        {
            return bind();
        }
        catch (PolicyOptionException e)
        {
            throw setting.Error(e.Message);
        }
    }
}

/// <summary>A policy, and where the study names it; null where it is the default.</summary>
internal sealed record BoundPolicy(PolicyChoice Choice, Setting? Setting);
