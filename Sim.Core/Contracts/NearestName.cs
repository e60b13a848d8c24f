using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Core.Contracts;

/// <summary>What somebody who mistyped a name probably meant.</summary>
public static class NearestName
{
    /// <summary>"did you mean 'clock'?" when a name is near enough, otherwise the whole list.</summary>
    public static string Suggest(string mistyped, IEnumerable<string> names)
    {
        string[] all = names.Distinct().ToArray();
        string? nearest = all.OrderBy(name => Distance(mistyped, name)).FirstOrDefault();
        if (nearest is not null && Distance(mistyped, nearest) <= Math.Max(1, mistyped.Length / 3)) return $"did you mean '{nearest}'?";
        return "there is: " + string.Join(", ", all);
    }

    /// <summary>The fewest insertions, deletions, substitutions and swaps of neighbours that turn one into the other.</summary>
    public static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int substitute = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitute, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[left.Length, right.Length];
    }
}
