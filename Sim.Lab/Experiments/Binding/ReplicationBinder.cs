using System.Linq;
using Sim.Lab.Results;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds replications or precision.</summary>
internal static class ReplicationBinder
{
    private const int Most = 100_000;

    /// <summary>The plan; one run a point where the study says nothing.</summary>
    public static ReplicationPlan Bind(Setting? replications, Setting? precision)
    {
        if (precision is null)
        {
            int count = (int)(replications?.Whole(1, Most) ?? 1);
            return new ReplicationPlan(count, count, null, 0);
        }
        MapReader map = precision.Map();
        Setting metric = map.Require("metric", "fault_rate"), relative = map.Require("relative", "2%");
        Setting? minimumAt = map.Find("min-replications"), maximumAt = map.Find("max-replications");
        map.Close();
        int minimum = (int)(minimumAt?.Whole(2, Most) ?? 3);
        int maximum = (int)(maximumAt?.Whole(2, Most) ?? 30);
        if (maximum < minimum) throw (maximumAt ?? minimumAt!).Error($"at most {maximum} replications are fewer than at least {minimum}");
        double width = relative.Share();
        if (width == 0) throw relative.Error("no number of runs makes an interval of width 0; a relative half-width is written like 2%");
        return new ReplicationPlan(minimum, maximum, metric.OneOf("metric", MetricCatalogue.All.Select(definition => definition.Name)), width);
    }
}
