using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sim.Lab.Experiments.Documents;

/// <summary>One part of a dotted path: a name, and the numbers in brackets behind it.</summary>
internal sealed record PathSegment(string Name, IReadOnlyList<int> Indexes)
{
    /// <summary>The parts of workload.db.program.access[1].count. Throws where brackets do not hold a number.</summary>
    public static IReadOnlyList<PathSegment> Split(string path, SourceMark mark) => [.. path.Split('.').Select(part => Read(part, path, mark))];

    private static PathSegment Read(string part, string path, SourceMark mark)
    {
        int open = part.IndexOf('[');
        string name = (open < 0 ? part : part[..open]).Trim();
        if (name.Length == 0) throw mark.Error($"'{path}' is not a path; a path is written like workload.db.program.access[1].count");
        var indexes = new List<int>();
        for (int at = open; at >= 0 && at < part.Length;)
        {
            int close = part.IndexOf(']', at);
            if (part[at] != '[' || close < 0 || !int.TryParse(part[(at + 1)..close], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                throw mark.Error($"'{part}' in '{path}': a name is followed by numbers in brackets: access[1]");
            indexes.Add(index);
            at = close + 1;
        }
        return new PathSegment(name, indexes);
    }
}
