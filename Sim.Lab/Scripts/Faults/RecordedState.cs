using System.Text.Json.Nodes;
using Sim.Core.AddressSpaces;

namespace Sim.Lab.Scripts.Faults;

/// <summary>What the recorder noted of a process after an operation.</summary>
/// <param name="Mappings">Mappings in the window.</param>
/// <param name="Window">What they have in memory.</param>
/// <param name="PageTables">VmPTE, KiB.</param>
/// <param name="HeapSize">The heap's mapping, KiB.</param>
/// <param name="HeapResident">What of it is in memory.</param>
/// <param name="StackSize">The stack's mapping, KiB.</param>
/// <param name="StackResident">What of it is in memory.</param>
internal sealed record RecordedState(
    long Mappings, MemoryUse Window, long PageTables, long HeapSize, long HeapResident, long StackSize, long StackResident)
{
    /// <summary>As the recordings write it: levels of nothing are left out, but for rss and pss.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["nv"] = Mappings, ["rss"] = Window.Rss, ["pss"] = Window.Pss };
        (string Key, long KiB)[] others =
        [
            ("sc", Window.SharedClean), ("sd", Window.SharedDirty), ("pc", Window.PrivateClean), ("pd", Window.PrivateDirty), ("anon", Window.Anonymous),
            ("swap", Window.Swap), ("lazy", Window.LazyFree), ("lock", Window.Locked),
        ];
        foreach ((string key, long kib) in others)
        {
            if (kib != 0) json[key] = kib;
        }
        json["pte"] = PageTables;
        json["heap"] = new JsonArray(HeapSize, HeapResident);
        json["stack"] = new JsonArray(StackSize, StackResident);
        return json;
    }
}
