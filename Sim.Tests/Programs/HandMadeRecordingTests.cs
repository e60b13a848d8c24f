using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Shouldly;
using Sim.Lab.Programs;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Programs;

/// <summary>What recordings hold that the recorded programs do not show, and recordings that are broken.</summary>
public sealed class HandMadeRecordingTests : IDisposable
{
    private const ulong Map = 9, Remap = 25, Clone = 56, Fork = 57, Vfork = 58, Wait = 61;
    private const ulong Data = 0x1000;
    private readonly string _folder = Directory.CreateTempSubdirectory("sim-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(Fork, 0, 1)]
    [InlineData(Vfork, 0, 0)]
    [InlineData(Clone, 0x4111, 0)]
    public void AChildThatBorrowsItsParentsMemoryCopiesNothing(ulong call, ulong flags, long copied)
    {
        new RecordingWriter(1, 0, 0).Anonymous(Data, 4).Store(Data).Call(call, flags, 0, 0, 0, 2).Store(Data).Call(Wait, 2, 0, 0, 0, 2).Save(PathOf("x.p0.gz"));
        new RecordingWriter(2, 1, 1).Store(Data).Exec(2).Anonymous(Data + 8, 1).Store(Data + 8).Save(PathOf("x.p1.gz"));
        Faults("x.p0.gz").ShouldBe([1 + copied, 1 + copied]);
    }

    [Fact]
    public void ChildrenThatNobodyWaitsForRunWhenTheirParentHasEnded()
    {
        new RecordingWriter(1, 0, 0).Anonymous(Data, 4).Store(Data).Call(Fork, 0, 0, 0, 0, 3).Call(Fork, 0, 0, 0, 0, 2).Save(PathOf("x.p0.gz"));
        new RecordingWriter(2, 1, 2).Store(Data).Store(Data + 1).Save(PathOf("x.p1.gz"));
        new RecordingWriter(3, 1, 1).Load(Data).Save(PathOf("x.p2.gz"));
        Faults("x.p0.gz").ShouldBe([1, 2, 0]);
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 1)]
    public void AChildThatIsWaitedForByItsNumberHasRunThen(ulong options, long faults)
    {
        // Two pages of shared memory, of which the second comes after the wait; a child that runs later finds both at once.
        const ulong shared = 0x21, waitid = 247;
        new RecordingWriter(1, 0, 0).Call(Map, 0, 0x4000, 3, shared, (long)Data << 12).Store(Data).Call(Fork, 0, 0, 0, 0, 2).Call(waitid, 1, 2, 0, options, 0).Store(Data + 1)
            .Save(PathOf("x.p0.gz"));
        new RecordingWriter(2, 1, 1).Load(Data).Load(Data + 1).Save(PathOf("x.p1.gz"));
        Faults("x.p0.gz").ShouldBe([2, faults]);
    }

    [Fact]
    public void AMappingMovesWithItsPages()
    {
        new RecordingWriter(1, 0, 0).Call(Map, 0, 0x4000, 3, 0x22, (long)Data << 12).Store(Data)
            .Call(Remap, Data << 12, 0x4000, 0x8000, 1, 0x200_0000).Store(0x2000).Store(0x2007).Store(Data).Save(PathOf("x.p0.gz"));
        ProcessFaults process = ProgramReplay.Run(PathOf("x.p0.gz"), ProgramSettings.Default).Single();
        (process.MinorFaults, process.OutsideMappings, process.Mappings).ShouldBe((2, 1, 1));
    }

    [Fact]
    public void ASegmentIsSharedWithAChildAndOutlivesItsRemovalUntilTheLastDetaches()
    {
        const ulong get = 29, attach = 30, control = 31, detach = 67;
        new RecordingWriter(1, 0, 0).Call(get, 0, 0x3000, 0x3ff, 0, 40).Call(attach, 40, 0, 0, 0, (long)Data << 12).Call(control, 40, 0, 0, 0, 0).Store(Data)
            .Call(Fork, 0, 0, 0, 0, 2).Store(Data).Call(Wait, 2, 0, 0, 0, 2).Load(Data + 1).Call(detach, Data << 12, 0, 0, 0, 0).Load(Data).Save(PathOf("x.p0.gz"));
        new RecordingWriter(2, 1, 1).Store(Data).Store(Data + 1).Save(PathOf("x.p1.gz"));
        IReadOnlyList<ProcessFaults> processes = ProgramReplay.Run(PathOf("x.p0.gz"), ProgramSettings.Default);
        processes.Select(process => process.Faults[(int)FaultRegion.Shared]).ShouldBe([2, 2]);
        (processes[0].OutsideMappings, processes[0].Mappings, processes[1].Mappings).ShouldBe((1, 0, 1));
    }

    [Fact]
    public void RecordsOfUnknownTypesAreSkipped()
    {
        new RecordingWriter(1, 0, 0).Extended(77, [.. Enumerable.Repeat(ulong.MaxValue, 20_000)]).Anonymous(Data, 1).Load(Data).Save(PathOf("x.p0.gz"));
        Faults("x.p0.gz").ShouldBe([1]);
    }

    [Fact]
    public void ABrokenRecordingIsOneLineWithItsPlace()
    {
        var whole = new RecordingWriter(1, 0, 0).Anonymous(Data, 1);
        whole.Save(PathOf("cut.p0.gz"), cut: 8);
        Problem("cut.p0.gz").ShouldBe("at byte 104: the file ends before a record does; it was cut short");
        whole.Save(PathOf("odd.p0.gz"), cut: 3);
        Problem("odd.p0.gz").ShouldBe("at byte 104: the file ends before a record does; it was cut short");
        new RecordingWriter(1, 0, 0, version: 2).Save(PathOf("new.p0.gz"));
        Problem("new.p0.gz").ShouldBe("at byte 8: the version is 2; version 1 is read");
        new RecordingWriter(1, 1, 0).Save(PathOf("child.p0.gz"));
        Problem("child.p0.gz").ShouldBe("this process was forked; name the recording of the first one, NAME.p0.gz");
        new RecordingWriter(1, 0, 0).Call(Fork, 0, 0, 0, 0, 2).Save(PathOf("alone.p0.gz"));
        Problem("alone.p0.gz").ShouldBe("at byte 56: the child 2 begins, of which there is no recording beside this one");
        new RecordingWriter(1, 0, 0).Word(12).Save(PathOf("kind.p0.gz"));
        Problem("kind.p0.gz").ShouldBe("at byte 56: the word c is of no kind that there is; the file is damaged");
        new RecordingWriter(1, 0, 0).Call(Map, 0, 0x1000, 1, 2, 0x10_0000).Save(PathOf("nameless.p0.gz"));
        Problem("nameless.p0.gz").ShouldBe("at byte 56: a file is mapped, and no record before says which");
        new RecordingWriter(1, 0, 0).Extended(1, [9]).Save(PathOf("short.p0.gz"));
        Problem("short.p0.gz").ShouldBe("at byte 56: a record of type 1 holds 8 bytes; it has at least 64 and at most 65536");
    }

    [Fact]
    public void AGzipFileThatBreaksOffIsNamed()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "programs", "ls.p0.gz"));
        File.WriteAllBytes(PathOf("ls.p0.gz"), bytes[..(bytes.Length / 2)]);
        Problem("ls.p0.gz").ShouldMatch("^at byte [0-9]+: the gzip data ends early$");
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private IEnumerable<long> Faults(string name) => ProgramReplay.Run(PathOf(name), ProgramSettings.Default).Select(process => process.MinorFaults);

    private string Problem(string name)
    {
        string message = Should.Throw<TraceFormatException>(() => ProgramReplay.Run(PathOf(name), ProgramSettings.Default)).Message;
        message.ShouldStartWith(PathOf(name) + ": ");
        return message[(PathOf(name).Length + 2)..];
    }
}
