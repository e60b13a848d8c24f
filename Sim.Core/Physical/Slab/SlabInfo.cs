using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Sim.Core.Physical.Slab;

/// <summary>Caches in the form of /proc/slabinfo, version 2.1. The tunables and shared arrays print as zeros, as SLUB prints them.</summary>
public static class SlabInfo
{
    private const string Header = """
        slabinfo - version: 2.1
        # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>

        """;

    /// <summary>The text, a line a cache, the youngest first as Linux has them.</summary>
    public static string Write(IReadOnlyList<IObjectCache> caches)
    {
        var text = new StringBuilder(Header.ReplaceLineEndings("\n"));
        for (int i = caches.Count - 1; i >= 0; i--)
        {
            IObjectCache cache = caches[i];
            text.Append(CultureInfo.InvariantCulture, $"{cache.Spec.Name,-17} {cache.ActiveObjects,6} {cache.Objects,6} {cache.Spec.Size,6} {cache.Shape.Objects,4} {1 << cache.Shape.Order,4}");
            text.Append(CultureInfo.InvariantCulture, $" : tunables {0,4} {0,4} {0,4} : slabdata {cache.Slabs,6} {cache.Slabs,6} {0,6}\n");
        }
        return text.ToString();
    }
}
