using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Experiments.Documents;
using Sim.Lab.Results;

namespace Sim.Lab.Experiments;

/// <summary>What a study sets in one run: each scalar below machine, each policy that no key below it
/// is swept of, and every swept key, in the study's order.</summary>
internal static class RunParameters
{
    /// <summary>The parameters of a document whose swept values are filled in.</summary>
    public static IReadOnlyList<ParameterValue> Of(MapNode root, BoundRun bound, StudyPoint point)
    {
        var parameters = new List<ParameterValue>();
        foreach (MapEntry section in root.Entries)
        {
            if (section.Key == "machine") AddScalars(section.Value, "machine", point, parameters);
            if (section.Key != "policies" || section.Value is not MapNode policies) continue;
            foreach (MapEntry policy in policies.Entries.Where(policy => !IsSweptBelow(point, "policies." + policy.Key)))
                parameters.Add(ParameterValue.Of("policies." + policy.Key, bound.Policies[policy.Key].Choice.ToString()));
        }
        foreach (var (key, text) in point.Values)
        {
            if (parameters.All(parameter => parameter.Name != key)) parameters.Add(ParameterValue.Of(key, text));
        }
        return parameters;
    }

    /// <summary>Whether a policy varies in the swept keys below it alone, which say all that it would.</summary>
    private static bool IsSweptBelow(StudyPoint point, string policy) =>
        point.Values.All(pair => pair.Key != policy) && point.Values.Any(pair => pair.Key.StartsWith(policy + ".", System.StringComparison.Ordinal));

    /// <summary>A swept key is one parameter, whatever its values are made of, so that every run has the same.</summary>
    private static void AddScalars(Node node, string path, StudyPoint point, List<ParameterValue> parameters)
    {
        bool isSwept = point.Values.Any(pair => pair.Key == path);
        switch (node)
        {
            case MapNode map when !isSwept:
                foreach (MapEntry entry in map.Entries) AddScalars(entry.Value, $"{path}.{entry.Key}", point, parameters);
                break;
            case ListNode list when !isSwept && !list.Items.All(item => item is ScalarNode):
                foreach (var (index, item) in list.Items.Index())
                    AddScalars(item, $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", point, parameters);
                break;
            default:
                parameters.Add(ParameterValue.Of(path, NodeText.Shown(node)));
                break;
        }
    }
}
