using System;
using System.Collections.Generic;
using System.Linq;
using Shouldly;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.Machines;

/// <summary>
/// Trees of processes that draw what they do, in a machine whose memory is too small for them, against a model that gives each process its own dictionary
/// of contents. Invariants are checked all along, and at the end no frame and no slot of swap may be left.
/// </summary>
public sealed class ForkedContentsTests
{
    public static TheoryData<string> Policies => ProcessTests.Policies;

    [Theory]
    [MemberData(nameof(Policies))]
    public void EveryProcessReadsWhatItStoredOrInherited(string policy)
    {
        int swapped = 0;
        foreach (ulong seed in Seeds(10))
            swapped += Follow(policy, seed, quota: seed % 2 == 0 || policy == "vfork" ? 30 : null, device: seed % 3 == 0 ? "nvme" : "zram", hasZeroPage: seed % 5 < 2);
        swapped.ShouldBeGreaterThan(10, "memory was never short");
    }

    [Theory]
    [MemberData(nameof(ReadaheadConformance.Policies), MemberType = typeof(ReadaheadConformance))]
    public void WhatIsReadAheadIsWhatLiesInSwap(string readahead)
    {
        int used = 0;
        foreach (ulong seed in Seeds(12))
            used += Follow(seed % 3 == 0 ? "on-demand-fork" : "cow", seed, quota: seed % 2 == 0 ? 30 : null, device: "nvme", hasZeroPage: seed % 5 < 2, readahead, countsAhead: true);
        if (readahead.StartsWith("cluster", StringComparison.Ordinal)) used.ShouldBeGreaterThan(10);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void WhatProcessesShareIsOneForAllAlsoInSwap(string policy)
    {
        int swapped = 0;
        foreach (ulong seed in Seeds(10))
        {
            swapped += Follow(policy, seed, quota: seed % 2 == 0 || policy == "vfork" ? 30 : null, device: seed % 3 == 0 ? "nvme" : "zram", hasZeroPage: seed % 5 < 2,
                readahead: seed % 7 < 3 ? "cluster" : "none", segmentPages: 70);
        }
        swapped.ShouldBeGreaterThan(10, "memory was never short");
    }

    /// <summary>The same ones always, since the tests also ask what they come to in all.</summary>
    private static IEnumerable<ulong> Seeds(int count) => Enumerable.Range(1, count).Select(index => RandomStream.SeedOf(20, 0, $"{index}"));

    private static int Follow(string policy, ulong seed, int? quota, string device, bool hasZeroPage, string readahead = "none", int segmentPages = 0, bool countsAhead = false)
    {
        var contents = new FollowedContents();
        MachineSpec spec = ProcessTests.With(policy, MachineRun.Spec(quota is null ? "clock" : "lru", quota)) with
        {
            Memory = new ByteSize(1 << 20),
            SwapDevice = BlockDeviceSpec.Presets.First(preset => preset.Key == device).Value,
            HasZeroPage = hasZeroPage,
            HasSharedMemory = segmentPages > 0,
            Readahead = PolicyChoice.Parse(BuiltIn.Policies, "readahead", readahead),
            CheckEvery = SimTime.FromMicroseconds(300),
            Contents = contents,
        };
        contents.Machine = new Machine(spec, [new ProcessSpec("p", () => new ForkingProgram(contents, seed, steps: 600, lends: policy == "vfork", segmentPages), SimTime.Zero, 0)]);
        RunResult result = contents.Machine.Run();
        contents.Checked.ShouldBeGreaterThan(1000);
        return (int)(countsAhead ? result.Processes.Sum(process => process.Counters[Counter.SwapRaHit]) : result.KernelMeasured[Counter.Pswpin]);
    }
}
