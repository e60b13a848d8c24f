using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Shouldly;
using Sim.Lab.Results;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>The journal gives back exactly what it was given, or nothing.</summary>
public sealed class StudyStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ARecordComesBackBitForBit()
    {
        RunRecord run = Awkward();
        var store = new StudyStore(_folder);
        store.Write(run);
        new StudyStore(_folder).TryRead(run.Id, out RunRecord read).ShouldBeTrue();
        read.Metrics.Select(BitConverter.DoubleToInt64Bits).ShouldBe(run.Metrics.Select(BitConverter.DoubleToInt64Bits));
        read.Parameters.ShouldBe(run.Parameters);
        read.Series.ShouldBe(run.Series);
        read.Processes.ShouldBe(run.Processes);
        read.Histograms.ShouldBe(run.Histograms);
        read.Faults.ShouldBe(run.Faults);
        (read.Id, read.Replication, read.Seed, read.Status, read.Digest).ShouldBe((run.Id, run.Replication, run.Seed, run.Status, run.Digest));
        store.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void ARunThatWasNeverFinishedIsNotThere()
    {
        var store = new StudyStore(_folder);
        store.TryRead("00", out _).ShouldBeFalse();
        store.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void ARecordCutOffAnywhereIsPassedOver()
    {
        var store = new StudyStore(_folder);
        RunRecord run = Awkward();
        store.Write(run);
        byte[] whole = File.ReadAllBytes(store.PathOf(run.Id));
        int[] lengths = [0, 1, 6, 8, 20, 47, 48, 49, whole.Length / 2, whole.Length - 1];
        foreach (int length in lengths)
        {
            File.WriteAllBytes(store.PathOf(run.Id), whole[..length]);
            store.TryRead(run.Id, out _).ShouldBeFalse($"{length} bytes");
        }

        store.Warnings.Count.ShouldBe(lengths.Length);
        store.Warnings[0].ShouldContain(store.PathOf(run.Id));
        store.Warnings[0].ShouldContain("computed again");
    }

    [Fact]
    public void ARecordWithAFlippedBitIsPassedOver()
    {
        var store = new StudyStore(_folder);
        RunRecord run = Awkward();
        store.Write(run);
        byte[] bytes = File.ReadAllBytes(store.PathOf(run.Id));
        for (int at = 0; at < bytes.Length; at += 7)
        {
            bytes[at] ^= 4;
            File.WriteAllBytes(store.PathOf(run.Id), bytes);
            bytes[at] ^= 4;
            store.TryRead(run.Id, out _).ShouldBeFalse($"byte {at}");
        }
    }

    [Fact]
    public void ARecordUnderAnotherRunsNameIsPassedOver()
    {
        var store = new StudyStore(_folder);
        RunRecord run = Awkward();
        store.Write(run);
        File.Copy(store.PathOf(run.Id), store.PathOf("ab"));
        store.TryRead("ab", out _).ShouldBeFalse();
        store.Warnings.Single().ShouldContain(run.Id);
    }

    [Fact]
    public void WritingReplacesAndLeavesNothingBehind()
    {
        var store = new StudyStore(_folder);
        store.Write(Awkward());
        store.Write(Awkward() with { Status = "ok" });
        store.TryRead(Awkward().Id, out RunRecord read).ShouldBeTrue();
        read.Status.ShouldBe("ok");
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Fact]
    public void ManyThreadsMayWriteAndRead()
    {
        var store = new StudyStore(_folder);
        RunRecord[] runs = [.. SampleStudy.Runs(1)];
        Parallel.ForEach(runs, store.Write);
        Parallel.ForEach(runs, run => store.TryRead(run.Id, out _).ShouldBeTrue());
    }

    [Fact]
    public void AFolderThatCannotBeMadeIsSaidInOneLine()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var error = Should.Throw<ResultsException>(() => new StudyStore(file).Write(Awkward()));
        error.Message.ShouldContain(file);
        error.Message.ShouldContain("--out");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void AnIdentityIsHexadecimal() => Should.Throw<ArgumentException>(() => new StudyStore(_folder).PathOf("../x"));

    // Numbers that text would lose.
    private static RunRecord Awkward() => SampleStudy.Run("arc", "64MiB", 1) with
    {
        Metrics = [.. MetricCatalogue.All.Select((_, index) => (index % 4) switch
        {
            0 => BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001L + index),
            1 => -0.0,
            2 => double.NegativeInfinity,
            _ => 0.1 + double.Epsilon + index,
        })],
        Status = "killed: näht \u2013 \U0001F40C",
        Faults = [new(0.1, 1, 2, long.MinValue, 6, "DemandZero", "Mapped", double.MaxValue), new(0.2, 0, 1, long.MaxValue, 4, "", "", double.NaN)],
        Processes = [new(1, "", 0, double.NaN, null, long.MaxValue, 1, 2, 3, 4, 5, 6, 7, 8, 9), new(2, "b", 0, 1, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
    };
}
