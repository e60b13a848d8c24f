using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Shouldly;
using Sim.Core.Hardware;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Core.Units;
using Sim.Lab.Experiments;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Experiments.Documents;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Experiments;

public sealed class RunSpecTests
{
    [Fact]
    public void TheIdentityIsSixteenHexadecimalDigits() => Regex.IsMatch(IdOf(Studies.Small), "^[0-9a-f]{16}$").ShouldBeTrue();

    [Fact]
    public void TheIdentityDoesNotDependOnOrderStyleOrComments()
    {
        IdOf("""
            # another text
            policies:
              {reclaim: "clock"}
            workload:
              - program:
                  - mmap: {size: 1MiB, name: heap}   # here
                  - access:
                      count: 10k
                      model: zipf
                      region: heap
                process: db
            description: The same runs
            machine: {memory: 16MiB}
            seed: 5
            figures: [{x: machine.memory, y: fault_rate}]
            """).ShouldBe(IdOf(Studies.Small));
    }

    [Theory]
    [InlineData("reclaim: clock", "reclaim: clock()")]
    [InlineData("reclaim: clock", "reclaim: {clock: {set-on-load: true}}")]
    [InlineData("reclaim: clock", "quota: none")]
    public void ThePoliciesIdentityIsThatOfTheChoice(string line, string same) => IdOf(Studies.SmallWith(line, same)).ShouldBe(IdOf(Studies.Small));

    [Theory]
    [InlineData("memory: 16MiB", "memory: 16384KiB")]
    [InlineData("memory: 16MiB", "memory: 0.015625GiB")]
    [InlineData("count: 10k", "count: 10000")]
    [InlineData("count: 10k", "count: 0.01M")]
    public void AQuantitysUnitIsNoPartOfTheIdentity(string line, string same) => IdOf(Studies.SmallWith(line, same)).ShouldBe(IdOf(Studies.Small));

    [Fact]
    public void ASweptValueMakesTheSameRunAsAWrittenOne()
    {
        Experiment study = Studies.Load(Studies.Small + "\nsweep: {machine.memory: [8MiB, 16MiB], policies.reclaim: [lru, clock]}");
        study.Runs().Select(run => run.Id).ShouldContain(IdOf(Studies.Small));
        study.Runs().Select(run => run.Id).ShouldBeUnique();
    }

    [Theory]
    [InlineData("seed: 5", "seed: 6")]
    [InlineData("memory: 16MiB", "memory: 17MiB")]
    [InlineData("memory: 16MiB", "cpus: 2")]
    [InlineData("reclaim: clock", "reclaim: clock(set-on-load=false)")]
    [InlineData("reclaim: clock", "quota: fixed(frames=9)")]
    [InlineData("process: db", "process: bd")]
    [InlineData("count: 10k", "count: 11k")]
    [InlineData("seed: 5", "seed: 5\nwarmup: 1k")]
    [InlineData("seed: 5", "seed: 5\nrecord-faults: true")]
    [InlineData("seed: 5", "seed: 5\nsnapshots: [1ms]")]
    public void WhateverChangesTheRunChangesTheIdentity(string line, string other) => IdOf(Studies.SmallWith(line, other)).ShouldNotBe(IdOf(Studies.Small));

    [Fact]
    public void TheIdentityIsThatOfTheSectionsInTheirOrderAndThePolicyOfEveryPoint()
    {
        string yaml = Studies.SmallWith("seed: 5", """
            seed: 5
            snapshots: [1ms, 10ms]
            record-faults: true
            warmup: 1k
            files: {log: 1MiB}
            """);
        var root = (MapNode)YamlReader.Read(yaml, (line, column) => new SourceMark("study.yaml", line, column));
        string configuration = RunIdentity.ConfigurationOf(root, StudyBinder.Bind(root, new BindScope(Studies.Catalogue, new TraceStore("study.yaml"), new ModelTrials())));
        configuration.ShouldBe("""
            machine: {memory: 9:16777216B}
            files: {log: 8:1048576B}
            workload: [{process: 2:db, program: [{mmap: {name: 4:heap, size: 8:1048576B}}, {access: {count: 5:10000, model: 4:zipf, region: 4:heap}}]}]
            warmup: 4:1000
            record-faults: 4:true
            snapshots: [12:1000000000ps, 13:10000000000ps]
            context-switch: asid
            fork: cow
            frame-allocator: buddy
            mm-lock: none
            paging: demand
            placement: top-down
            quota: none
            readahead: sequential-detect
            reclaim: clock
            scheduler: round-robin
            slab: slub
            vma-index: maple
            vma-merge: linux
            vmalloc: first-fit
            traces:
            """ + " \n");
        IdOf(yaml).ShouldBe(RunIdentity.Of(configuration, 5, 0));
    }

    [Fact]
    public void ReplicationsDifferInIdentity()
    {
        Experiment study = Studies.Load("replications: 2\n" + Studies.Small);
        study.RunOf(study.Points[0], 1).Id.ShouldNotBe(study.RunOf(study.Points[0], 0).Id);
        study.RunOf(study.Points[0], 0).Id.ShouldBe(IdOf(Studies.Small));
    }

    [Fact]
    public void ATracesContentIsPartOfTheIdentity()
    {
        string directory = Directory.CreateTempSubdirectory("study-").FullName;
        string study = Path.Combine(directory, "study.yaml"), trace = Path.Combine(directory, "trace.txt");
        File.WriteAllText(study, "workload: [{process: db, program: [trace: trace.txt]}]");
        File.WriteAllText(trace, "1\n2\n");
        RunSpec first = Experiment.Load(study, [], Studies.Catalogue).Runs()[0], again = Experiment.Load(study, [], Studies.Catalogue).Runs()[0];
        File.WriteAllText(trace, "1\n3\n");
        RunSpec changed = Experiment.Load(study, [], Studies.Catalogue).Runs()[0];
        again.Id.ShouldBe(first.Id);
        changed.Id.ShouldNotBe(first.Id);
        Directory.Delete(directory, true);
    }

    [Fact]
    public void TheReferencesDependOnNeitherPoliciesNorMachine()
    {
        uint[] clock = References(Studies.Small), optimum = References(Studies.SmallWith("reclaim: clock", "reclaim: opt").Replace("16MiB", "64MiB"));
        optimum.ShouldBe(clock);
        References(Studies.Small.Replace("seed: 5", "seed: 6")).ShouldNotBe(clock);
        References(Studies.Small.Replace("process: db", "process: bd")).ShouldNotBe(clock);
        References(Studies.Small, 1).ShouldNotBe(clock);
    }

    [Fact]
    public void InstancesDifferInTheirReferencesAndArrivals()
    {
        RunSpec run = Studies.Load(Studies.SmallWith("process: db", "process: db\n    count: 3\n    arrival: 1ms\n    every: 2ms")).Runs()[0];
        IReadOnlyList<ProcessSpec> processes = run.Build().Processes;
        processes.Select(process => process.Name).ShouldBe(["db-0", "db-1", "db-2"]);
        processes.Select(process => process.Arrival.ToString()).ShouldBe(["1ms", "3ms", "5ms"]);
        processes.Select(process => ReferencePreview.Pages(process.Program(), 10_000).Pages[5000..5050]).ShouldBeUnique();
        run.TotalReferences.ShouldBe(30_000);
    }

    [Fact]
    public void TheParametersAreWhatTheStudySets()
    {
        Experiment study = Studies.Load("""
            machine:
              memory: 16MiB
              tlb: {levels: [{entries: 64, ways: 4, page-sizes: [4KiB, 2MiB]}], asids: 0}
              swap: {read: 80us}
            policies: {quota: "fixed(frames=64)", reclaim: {clock: {set-on-load: true}}}
            workload: [{process: db, program: [mmap: {name: heap, size: 1MiB}, access: {region: heap, model: zipf, count: 10k}]}]
            sweep:
              workload.db.program.access.count: [10k, 20k]
              machine.memory: [8MiB, 16MiB]
              policies.quota.fixed.frames: [32, 64]
            """);
        study.Runs()[1].Parameters.Select(parameter => (parameter.Name, parameter.Text, parameter.Kind)).ShouldBe(
        [
            ("machine.memory", "8MiB", ParameterKind.Bytes),
            ("machine.tlb.levels[0].entries", "64", ParameterKind.Whole),
            ("machine.tlb.levels[0].ways", "4", ParameterKind.Whole),
            ("machine.tlb.levels[0].page-sizes", "[4KiB, 2MiB]", ParameterKind.Text),
            ("machine.tlb.asids", "0", ParameterKind.Whole),
            ("machine.swap.read", "80us", ParameterKind.Nanoseconds),
            ("policies.reclaim", "clock", ParameterKind.Text),
            ("workload.db.program.access.count", "10k", ParameterKind.Whole),
            ("policies.quota.fixed.frames", "64", ParameterKind.Whole),
        ]);
    }

    [Fact]
    public void ASweptMapIsOneParameter()
    {
        Experiment study = Studies.Load(Studies.Small + "\nsweep: {machine.swap: [none, {device: hdd, size: 1GiB}]}");
        study.Runs().Select(run => run.Parameters.Single(parameter => parameter.Name == "machine.swap").Text).ShouldBe(["none", "{device: hdd, size: 1GiB}"]);
    }

    [Fact]
    public void TheMachineIsBuiltAsItIsDescribed()
    {
        MachineSpec machine = MachineOf("""
            cpus: 4
            memory: 32MiB
            page-table: {kind: radix-4}
            tlb: {levels: [[{entries: 64, ways: 4}, {entries: 8, page-sizes: [2MiB, 1GiB]}], {entries: 96, ways: 3, replacement: fifo}], asids: 7}
            swap: {device: hdd, size: 2GiB, write: 3ms, channels: 2, service: exponential}
            costs: {preset: linux-6.18-epyc-low, set: {page-zero: 1us}}
            lockstep: true
            """);
        (machine.Cpus, machine.Memory.ToString(), machine.Lockstep).ShouldBe((4, "32MiB", true));
        machine.Tlb.Asids.ShouldBe(7);
        machine.Tlb.Levels.Select(level => level.Count).ShouldBe([2, 1]);
        (machine.Tlb.Levels[0][1].Ways, machine.Tlb.Levels[0][1].PageSizes.Count, machine.Tlb.Levels[1][0].Replacement).ShouldBe((8, 2, TlbReplacement.Fifo));
        machine.SwapDevice.ShouldBe(new BlockDeviceSpec(SimTime.FromMilliseconds(8), SimTime.FromMilliseconds(3), 2, ServiceTime.Exponential) { NextPage = SimTime.FromMicroseconds(25.6) });
        machine.SwapSize.ToString().ShouldBe("2GiB");
        machine.Costs[Cost.PageZero].ShouldBe(SimTime.FromMicroseconds(1));
        machine.Costs[Cost.FrameFree].ShouldBe(CostModel.Find("linux-6.18-epyc-low")![Cost.FrameFree]);
        MachineOf("swap: none").SwapSize.Bytes.ShouldBe(0);
        MachineOf("swap: zram").SwapDevice.ShouldBe(BlockDeviceSpec.Presets.Single(preset => preset.Key == "zram").Value);
        MachineOf("tlb: skylake").Tlb.ShouldBe(TlbSpec.Presets.Single(preset => preset.Key == "skylake").Value);
        MachineOf("tlb: {preset: zen4, asids: 0}").Tlb.ShouldBe(TlbSpec.Presets[0].Value with { Asids = 0 });
    }

    [Fact]
    public void ThePoliciesReachTheMachine()
    {
        string yaml = Studies.SmallWith("reclaim: clock", "reclaim: lru\n  quota: fixed(frames=77)\n  scheduler: {round-robin: {quantum: 2ms}}");
        MachineSpec machine = Studies.Load(yaml).Runs()[0].Build().Machine;
        (machine.Reclaim.ToString(), machine.QuotaFrames, machine.Scheduler.ToString()).ShouldBe(("lru", 77, "round-robin(quantum=2ms)"));
        MachineSpec standard = Studies.Load(Studies.Small).Runs()[0].Build().Machine;
        (standard.QuotaFrames, standard.Scheduler.ToString(), standard.RecordFaults).ShouldBe((null, "round-robin", false));
    }

    [Theory]
    [InlineData("10%", 1000, null)]
    [InlineData("2k", 2000, null)]
    [InlineData("3ms", 0, "3ms")]
    [InlineData("auto", 0, null)]
    public void TheWarmUpIsAShareANumberATimeOrFound(string warmup, long references, string? time)
    {
        RunSpec run = Studies.Load($"warmup: {warmup}\n" + Studies.Small).Runs()[0];
        var (machine, processes) = run.Build();
        (processes[0].WarmupReferences, machine.WarmupTime?.ToString()).ShouldBe((references, time));
        run.IsWarmupAuto.ShouldBe(warmup == "auto");
        run.Build(0.25).Processes[0].WarmupReferences.ShouldBe(2500);
        run.Build(0.25).Machine.WarmupTime.ShouldBeNull();
    }

    [Fact]
    public void OneRunsFutureIsItsOwnReferences()
    {
        RunSpec run = Studies.Load(Studies.SmallWith("reclaim: clock", "reclaim: opt")).Runs()[0];
        var (machine, processes) = run.Build();
        uint[] pages = ReferencePreview.Pages(processes[0].Program(), run.TotalReferences).Pages;
        machine.Future!.Length.ShouldBe(10_000);
        for (int position = 0; position < 100; position++)
        {
            int next = Array.IndexOf(pages, pages[position], position + 1);
            machine.Future.NextUse(position).ShouldBe(next < 0 ? long.MaxValue : next);
        }
    }

    [Fact]
    public void APreviewFollowsRegionsAndLoops()
    {
        RunSpec run = Studies.Load("""
            policies: {reclaim: opt}
            workload:
              - process: db
                program:
                  - loop:
                      times: 2
                      program:
                        - mmap: {name: x, size: 8KiB}
                        - access: {region: x, model: sequential, count: 3}
                        - munmap: x
                  - brk: {grow: 8KiB}
                  - access: {region: heap, model: sequential, count: 2}
            """).Runs()[0];
        run.TotalReferences.ShouldBe(8);
        // A region that is mapped anew has new pages, and the model goes on where it stopped.
        (uint[] pages, int distinct) = ReferencePreview.Pages(run.Build().Processes[0].Program(), 8);
        pages.ShouldBe([0, 1, 0, 2, 3, 2, 4, 5]);
        distinct.ShouldBe(6);
    }

    private static MachineSpec MachineOf(string machine) =>
        Studies.Load(Studies.SmallWith("machine:\n  memory: 16MiB", "machine:\n  " + machine.ReplaceLineEndings("\n  "))).Runs()[0].Build().Machine;

    private static uint[] References(string yaml, int replication = 0)
    {
        Experiment study = Studies.Load(yaml);
        RunSpec run = study.RunOf(study.Points[0], replication);
        return ReferencePreview.Pages(run.Build().Processes[0].Program(), run.TotalReferences).Pages;
    }

    private static string IdOf(string yaml) => Studies.Load(yaml).Runs()[0].Id;
}
