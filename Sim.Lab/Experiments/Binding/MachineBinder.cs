using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Reclaim;
using Sim.Core.Units;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments.Binding;

/// <summary>Binds machine: the hardware.</summary>
internal static class MachineBinder
{
    private const int MostCpus = 64;
    private const int MostChannels = 1024;
    private static readonly ByteSize SmallestMemory = new(1L << 20);
    private static readonly ByteSize LargestMemory = new(4L << 40);
    private static readonly SimTime Longest = SimTime.FromSeconds(3600);

    /// <summary>The machine, its policies apart. The setting is null where the study has no machine.</summary>
    public static MachineSpec Bind(Setting? setting, PolicyChoice reclaim, PolicyChoice scheduler, AddressSpacePolicies addressSpaces)
    {
        var machine = new MachineSpec { Reclaim = reclaim, Scheduler = scheduler, AddressSpaces = addressSpaces };
        if (setting is null) return machine;
        MapReader map = setting.Map();
        if (map.Find("cpus") is { } cpus) machine = machine with { Cpus = (int)cpus.Whole(1, MostCpus) };
        if (map.Find("memory") is { } memory) machine = machine with { Memory = memory.Size(SmallestMemory, LargestMemory) };
        machine = MemoryBinder.Bind(machine, map);
        if (map.Find("page-table") is { } table) CheckPageTable(table);
        if (map.Find("tlb") is { } tlb) machine = machine with { Tlb = TlbBinder.Bind(tlb) };
        if (map.Find("swap") is { } swap) machine = BindSwap(machine, swap);
        if (map.Find("disk") is { } disk) machine = machine with { Disk = BindDisk(machine.Disk, disk) };
        if (map.Find("writeback") is { } writeback) machine = machine with { Writeback = BindWriteback(writeback) };
        if (map.Find("costs") is { } costs) machine = machine with { Costs = Costs(costs) };
        if (map.Find("lockstep") is { } lockstep) machine = machine with { Lockstep = lockstep.Flag() };
        if (map.Find("overcommit") is { } overcommit) machine = machine with { Overcommit = overcommit.Member<OvercommitMode>("overcommit mode") };
        map.Close();
        return machine;
    }

    private static void CheckPageTable(Setting setting)
    {
        Setting kind = setting;
        if (setting.Node is MapNode)
        {
            MapReader map = setting.Map();
            kind = map.Require("kind", "radix-4");
            map.Close();
        }
        kind.OneOf("page table", "radix-4");
    }

    private static MachineSpec BindSwap(MachineSpec machine, Setting setting)
    {
        if (setting.Node is ScalarNode { Text: "none" }) return machine with { SwapSize = default };
        if (setting.Node is not MapNode) return machine with { SwapDevice = Device(setting, "swap device", BlockDeviceSpec.Presets) };
        MapReader map = setting.Map();
        BlockDeviceSpec device = map.Find("device") is { } preset ? Device(preset, "swap device", BlockDeviceSpec.Presets) : machine.SwapDevice;
        if (map.Find("size") is { } size) machine = machine with { SwapSize = size.Size(default, LargestMemory) };
        device = Adjust(device, map);
        if (map.Find("synchronous") is { } synchronous) device = device with { IsSynchronous = synchronous.Flag() };
        map.Close();
        return machine with { SwapDevice = device };
    }

    /// <summary>The device of the files: somebody always waits for it, so none on which the CPU does the work.</summary>
    private static BlockDeviceSpec BindDisk(BlockDeviceSpec device, Setting setting)
    {
        MapReader? map = setting.Node is MapNode ? setting.Map() : null;
        Setting? presetAt = map is null ? setting : map.Find("device");
        if (presetAt is not null) device = Device(presetAt, "disk", BlockDeviceSpec.Presets.Where(preset => !preset.Value.IsSynchronous));
        if (map is null) return device;
        device = Adjust(device, map);
        map.Close();
        return device;
    }

    private static WritebackSpec BindWriteback(Setting setting)
    {
        MapReader map = setting.Map();
        WritebackSpec writeback = WritebackSpec.Linux;
        if (map.Find("interval") is { } interval) writeback = writeback with { Interval = interval.Time(new SimTime(1), Longest) };
        if (map.Find("expire") is { } expire) writeback = writeback with { Expire = expire.Time(SimTime.Zero, Longest) };
        if (map.Find("background") is { } background) writeback = writeback with { Background = background.Share() };
        if (map.Find("limit") is { } limit) writeback = writeback with { Limit = limit.Share() };
        map.Close();
        return writeback;
    }

    private static BlockDeviceSpec Adjust(BlockDeviceSpec device, MapReader map)
    {
        if (map.Find("read") is { } read) device = device with { Read = read.Time(new SimTime(1), Longest) };
        if (map.Find("write") is { } write) device = device with { Write = write.Time(new SimTime(1), Longest) };
        if (map.Find("next-page") is { } next) device = device with { NextPage = next.Time(SimTime.Zero, Longest) };
        if (map.Find("channels") is { } channels) device = device with { Channels = (int)channels.Whole(1, MostChannels) };
        if (map.Find("service") is { } service) device = device with { Service = service.Member<ServiceTime>("service time") };
        return device;
    }

    private static BlockDeviceSpec Device(Setting setting, string what, IEnumerable<KeyValuePair<string, BlockDeviceSpec>> presets)
    {
        string name = setting.OneOf(what, presets.Select(preset => preset.Key));
        return presets.First(preset => preset.Key == name).Value;
    }

    private static CostModel Costs(Setting setting)
    {
        if (setting.Node is not MapNode) return Preset(setting);
        MapReader map = setting.Map();
        Setting? preset = map.Find("preset"), set = map.Find("set");
        map.Close();
        CostModel costs = preset is null ? CostModel.Find(CostModel.Presets[0])! : Preset(preset);
        if (set is null) return costs;
        var changes = new List<KeyValuePair<Cost, SimTime>>();
        foreach (MapEntry entry in set.Map().Node.Entries)
        {
            string name = new Setting(new ScalarNode(entry.KeyMark, entry.Key), set.Path, set.Scope)
                .OneOf("cost", Enum.GetNames<Cost>().Select(OptionDescription.KebabCase));
            Cost cost = Enum.GetValues<Cost>().First(cost => OptionDescription.KebabCase(cost.ToString()) == name);
            // A reference that takes no time never ends a quantum, and CPUs advance in windows of an interrupt's delivery.
            SimTime least = cost is Cost.Reference or Cost.InterruptDelivery ? new SimTime(1) : SimTime.Zero;
            changes.Add(new(cost, new Setting(entry.Value, $"{set.Path}.{name}", set.Scope).Time(least, Longest)));
        }
        return costs.With(changes);
    }

    private static CostModel Preset(Setting setting) => CostModel.Find(setting.OneOf("cost preset", CostModel.Presets))!;
}
