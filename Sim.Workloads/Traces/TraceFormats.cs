using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Workloads.Traces;

/// <summary>The names of the formats, as a command line has them.</summary>
public static class TraceFormats
{
    private static readonly (TraceFormat Format, string Name)[] Named =
    [
        (TraceFormat.Text, "text"), (TraceFormat.U32, "u32"), (TraceFormat.U64, "u64"),
        (TraceFormat.OracleGeneral, "oracle-general"), (TraceFormat.ChampSim, "champsim"), (TraceFormat.Lackey, "lackey"),
    ];

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Named.Select(pair => pair.Name);

    /// <summary>A format's name.</summary>
    public static string NameOf(TraceFormat format) => Named.First(pair => pair.Format == format).Name;

    /// <summary>Whether there is a format of this name.</summary>
    public static bool TryParse(string name, out TraceFormat format)
    {
        int index = Array.FindIndex(Named, pair => pair.Name == name);
        format = index < 0 ? default : Named[index].Format;
        return index >= 0;
    }
}
