using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Sim.Core.Hardware;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds machine.tlb: a preset, or levels spelled out.</summary>
internal static class TlbBinder
{
    private const int MostEntries = 1 << 20;
    private const int MostWays = 4096;
    private const int MostTreeWays = 64;
    private const int MostAsids = 4095;

    /// <summary>A preset's name, {preset, asids} or {levels, asids}.</summary>
    public static TlbSpec Bind(Setting setting)
    {
        if (setting.Node is not MapNode) return Preset(setting);
        MapReader map = setting.Map();
        Setting? preset = map.Find("preset"), levels = map.Find("levels"), asids = map.Find("asids");
        map.Close();
        map.Exclude("preset", "levels");
        TlbSpec tlb = preset is not null ? Preset(preset) : TlbSpec.Presets[0].Value;
        if (levels is not null) tlb = tlb with { Levels = Levels(levels) };
        return asids is null ? tlb : tlb with { Asids = (int)asids.Whole(0, MostAsids) };
    }

    private static TlbSpec Preset(Setting setting)
    {
        string name = setting.OneOf("TLB preset", TlbSpec.Presets.Select(preset => preset.Key));
        return TlbSpec.Presets.First(preset => preset.Key == name).Value;
    }

    private static IReadOnlyList<IReadOnlyList<TlbArraySpec>> Levels(Setting setting)
    {
        Setting[] items = [.. setting.Items()];
        IReadOnlyList<IReadOnlyList<TlbArraySpec>> levels = [.. items.Select(Level)];
        if (!levels[0].Any(array => array.PageSizes.Contains(PageSize.Base)))
            throw items[0].Error("the first level holds no 4KiB pages; every translation enters there: page-sizes: [4KiB]");
        return levels;
    }

    /// <summary>A list of arrays, or one array as a map.</summary>
    private static IReadOnlyList<TlbArraySpec> Level(Setting setting)
    {
        IReadOnlyList<Setting> items = setting.Node is MapNode ? [setting] : setting.Items();
        var arrays = new List<TlbArraySpec>();
        foreach (Setting item in items)
        {
            TlbArraySpec array = TlbArray(item);
            PageSize[] twice = [.. array.PageSizes.Where(size => arrays.Any(other => other.PageSizes.Contains(size)))];
            if (twice.Length > 0) throw item.Error($"two arrays of one level hold {NameOf(twice[0])} pages; a level holds a page size in one array");
            arrays.Add(array);
        }
        return arrays;
    }

    private static TlbArraySpec TlbArray(Setting setting)
    {
        MapReader map = setting.Map();
        Setting entriesAt = map.Require("entries", "64");
        Setting? waysAt = map.Find("ways"), sizesAt = map.Find("page-sizes"), replacementAt = map.Find("replacement");
        map.Close();
        int entries = (int)entriesAt.Whole(1, MostEntries);
        int ways = waysAt is null ? entries : (int)waysAt.Whole(1, MostWays);
        if (ways > MostWays) throw entriesAt.Error($"{entries} entries cannot be fully associative; set ways, at most {MostWays}");
        if (entries % ways != 0) throw waysAt!.Error($"{ways} ways do not divide {entries} entries");
        TlbReplacement replacement = replacementAt?.Member<TlbReplacement>("TLB replacement") ?? TlbReplacement.Lru;
        if (replacement == TlbReplacement.TreePlru && (!BitOperations.IsPow2(ways) || ways > MostTreeWays))
            throw (waysAt ?? entriesAt).Error($"tree-plru needs a power of two of ways, at most {MostTreeWays}; there are {ways}");
        PageSize[] sizes = sizesAt is null ? [PageSize.Base] : [.. sizesAt.Items().Select(PageSizeOf)];
        return new TlbArraySpec(entries, ways, sizes, replacement);
    }

    /// <summary>4KiB, 2MiB or 1GiB.</summary>
    private static PageSize PageSizeOf(Setting setting)
    {
        string name = setting.OneOf("page size", ["4KiB", "2MiB", "1GiB"]);
        return name switch { "4KiB" => PageSize.Base, "2MiB" => PageSize.Huge, _ => PageSize.Giant };
    }

    private static string NameOf(PageSize size) => ByteSize.OfPages(1L << (9 * (int)size)).ToString();
}
