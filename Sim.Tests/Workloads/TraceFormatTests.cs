using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Workloads.Traces;
using Xunit;
using static Sim.Tests.Workloads.TraceForms;

namespace Sim.Tests.Workloads;

/// <summary>Every format is told by its content, plain or packed, read to the last id, and where it is damaged its place is named.</summary>
public sealed class TraceFormatTests
{
    private static readonly string Recorded = Path.Combine(AppContext.BaseDirectory, "Data", "replacement");

    [Theory]
    [InlineData("zipf10_20k")]
    [InlineData("loop6k")]
    [InlineData("scanzipf")]
    [InlineData("stackdist")]
    [InlineData("phases")]
    [InlineData("loops2")]
    public void ARecordedTraceIsTheSameInEveryFormat(string name)
    {
        ulong[] ids = Ids(TraceFile.Open(Path.Combine(Recorded, name + ".txt.gz")));
        foreach (TraceFormat format in Enum.GetValues<TraceFormat>())
        {
            byte[] data = Of(format, ids);
            foreach (byte[] file in new[] { data, Gzip(data) })
            {
                using TraceReader reader = Open(file);
                reader.Format.ShouldBe(format);
                Ids(reader).ShouldBe(ids);
            }
        }
    }

    /// <summary>Which of 4 and 8 bytes it is, by one kind of ids after another.</summary>
    [Theory]
    [InlineData("page numbers of addresses", TraceFormat.U64)]
    [InlineData("addresses", TraceFormat.U64)]
    [InlineData("hashes that return", TraceFormat.U64)]
    [InlineData("one page", TraceFormat.U64)]
    [InlineData("page numbers", TraceFormat.U32)]
    [InlineData("ascending", TraceFormat.U32)]
    [InlineData("two in turn", TraceFormat.U32)]
    [InlineData("large words that return", TraceFormat.U32)]
    public void TheWidthOfIdsIsToldByTheirHalves(string kind, TraceFormat width)
    {
        var random = new Random(7);
        ulong[] ids = [.. Enumerable.Range(0, 3000).Select(i => kind switch
        {
            "page numbers of addresses" => (random.Next(2) == 0 ? 0x7ffffff00ul : 0x555555554ul) + (ulong)random.Next(500),
            "addresses" => 0x7f1234560000ul + (ulong)random.Next(1 << 30),
            "hashes that return" => (ulong)(random.Next(300) + 1) * 0x9E3779B97F4A7C15ul,
            "one page" => 7ul,
            "page numbers" => (ulong)random.Next(1, 20_000),
            "ascending" => (ulong)i + 1,
            "two in turn" => (ulong)(i % 2) + 1,
            _ => (uint)(random.Next(300) + 1) * 0x9E3779B1u,
        })];
        using TraceReader reader = Open(Binary(ids, width == TraceFormat.U64 ? sizeof(ulong) : sizeof(uint)));
        reader.Format.ShouldBe(width);
        Ids(reader).ShouldBe(ids);
    }

    [Fact]
    public void WhatTheContentCannotTellTheFormatOptionDoes()
    {
        var noise = new byte[48 * 64];
        new Random(1).NextBytes(noise);
        foreach (byte[] data in new[] { noise, new byte[80] })
        {
            Should.Throw<TraceFormatException>(() => Open(data)).Message.ShouldBe(
                "t: the content does not tell whether this binary file is page ids of 4 or of 8 bytes, or a trace at all; if it is one, say --format u32 or --format u64");
            Ids(Open(data, new TraceOptions(TraceFormat.U32))).Length.ShouldBe(data.Length / 4);
            Ids(Open(data, new TraceOptions(TraceFormat.U64))).Length.ShouldBe(data.Length / 8);
        }
    }

    /// <summary>Two loads come before the store; crossing into another page makes no second reference; the instruction comes first, where it is asked for.</summary>
    [Fact]
    public void AnInstructionReadsBeforeItWrites()
    {
        byte[] record = Record(0x401ffe, written: [0x3ff8], read: [0x1000, 0x2fff]);
        Ids(Open(record)).ShouldBe([1ul, 2ul, 3ul]);
        Ids(Open(record, new TraceOptions(Instructions: true))).ShouldBe([0x401ul, 1ul, 2ul, 3ul]);
        Should.Throw<TraceFormatException>(() => Ids(Open(Record(0x401000, [], []), new TraceOptions(TraceFormat.ChampSim))))
            .Message.ShouldContain("none of which has a memory operand; --instructions");
    }

    [Fact]
    public void LackeysLinesAreOneReferenceEach()
    {
        byte[] text = Encoding.ASCII.GetBytes("==12== Lackey, an example Valgrind tool\n\nI  04016b80,3\n L 1ffeffe7e0,8\nSB 04016b80\n S 1ffeffdfff,8\n M 0421c7cc,4\r\n==12== \n");
        Open(text).Format.ShouldBe(TraceFormat.Lackey);
        Ids(Open(text)).ShouldBe([0x1ffeffeul, 0x1ffeffdul, 0x421cul]);
        Ids(Open(text, new TraceOptions(Instructions: true))).ShouldBe([0x4016ul, 0x1ffeffeul, 0x1ffeffdul, 0x421cul]);
    }

    [Fact]
    public void ARequestOfSizeZeroIsNoReference() => Ids(Open([.. OracleGeneral([5, 6, 7]), .. new byte[16], .. Binary([ulong.MaxValue], 8)])).ShouldBe([5ul, 6ul, 7ul]);

    [Theory]
    [InlineData(TraceFormat.U32)]
    [InlineData(TraceFormat.U64)]
    [InlineData(TraceFormat.OracleGeneral)]
    [InlineData(TraceFormat.ChampSim)]
    public void ARecordThatBreaksOffIsNamedByItsByte(TraceFormat format)
    {
        byte[] whole = Sample(format);
        int length = format switch { TraceFormat.U32 => 4, TraceFormat.U64 => 8, TraceFormat.OracleGeneral => 24, _ => 64 };
        for (int missing = 1; missing < length; missing++)
        {
            TraceFormatException error = Should.Throw<TraceFormatException>(() => Ids(Open(whole[..^missing], new TraceOptions(format))));
            error.Message.ShouldBe($"t: at byte {whole.Length - length}: the file ends {length - missing} bytes into a record of {length}; "
                + $"it was cut short, or is of another format than {TraceFormats.NameOf(format)}");
        }
        byte[] packed = Gzip(whole);
        Should.Throw<TraceFormatException>(() => Ids(Open(packed[..(packed.Length / 2)], new TraceOptions(format)))).Message
            .ShouldMatch("^t: at byte [0-9]+: the gzip data ends early$");
        Should.Throw<TraceFormatException>(() => Ids(Open([], new TraceOptions(format)))).Message.ShouldStartWith("t: the trace holds no reference; it is ");
    }

    [Fact]
    public void WhatIsMixedUpIsNamedByItsPlace()
    {
        ulong[] ids = [.. Enumerable.Range(1, 5000).Select(i => (ulong)i)];
        string lackey = string.Concat(ids.Select(id => $" L {id << 12:x8},8\n"));
        Refuse(Encoding.ASCII.GetBytes(lackey + "17\n"), "t:5001: '17' is no line of lackey's; it is lines such as ' L 1ffeffe7e0,8'");
        Refuse(Encoding.ASCII.GetBytes(lackey + " L 17\n"), "t:5001: ' L 17' is no line of lackey's");
        Refuse(Encoding.ASCII.GetBytes(lackey + " L 17,x\n"), "t:5001: ' L 17,x' is no line of lackey's");
        Refuse([.. Encoding.ASCII.GetBytes("1\n2\n" + lackey)], "t:3: 'L 00001000,8' is not a page number");
        Refuse([.. Encoding.ASCII.GetBytes(lackey), .. OracleGeneral(ids)], "t:5001: ");
        Refuse([.. OracleGeneral(ids), .. Encoding.ASCII.GetBytes(lackey)], "t: at byte 120000: the next request is ", "not oracleGeneral throughout");
        Refuse([.. ChampSim(ids), .. OracleGeneral(ids)], "t: at byte ", "not ChampSim's throughout");
        Refuse([.. ChampSim(ids), .. Encoding.ASCII.GetBytes(lackey)], "t: at byte 320000: the branch flags are ");
    }

    /// <summary>Bytes changed, taken out, doubled and cut off, in every format: a trace is read or named, and nothing else happens.</summary>
    [Fact]
    public void WhateverIsDoneToATraceItIsReadOrNamed()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            var random = new Random(seed.Get);
            byte[] whole = random.Next(6) switch
            {
                0 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"{i * 7 % 90}\n"))),
                1 => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $" {"LSM"[i % 3]} {i:x8},8\n"))),
                2 => Sample(TraceFormat.U32),
                3 => Sample(TraceFormat.U64),
                4 => Sample(TraceFormat.OracleGeneral),
                _ => Sample(TraceFormat.ChampSim),
            };
            List<byte> bytes = [.. random.Next(2) == 0 ? whole : Gzip(whole)];
            for (int i = random.Next(4); i > 0; i--) bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
            int at = random.Next(bytes.Count), length = random.Next(Math.Min(100, bytes.Count - at));
            if (random.Next(3) == 0) bytes.RemoveRange(at, length);
            if (random.Next(3) == 0) bytes.InsertRange(random.Next(bytes.Count), bytes[at..Math.Min(bytes.Count, at + length)]);
            if (random.Next(3) == 0) bytes = bytes[..random.Next(bytes.Count)];
            try
            {
                return Ids(Open([.. bytes])).Length > 0;
            }
            catch (TraceFormatException error)
            {
                return error.Message.StartsWith('t') && !error.Message.Contains('\n');
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>Unpacked on a thread of its own, from 64 KiB on.</summary>
    [Fact]
    public void AGzipFileThatBreaksOffFarInIsReadUpToThere()
    {
        var random = new Random(7);
        ulong[] ids = [.. Enumerable.Range(0, 100_000).Select(i => 0x7f1234560000ul + (ulong)random.Next(1 << 20))];
        byte[] whole = Gzip(Binary(ids, sizeof(ulong)));
        Ids(Open(whole)).ShouldBe(ids);
        foreach (int length in new[] { whole.Length / 3, whole.Length / 2, whole.Length - 1 })
        {
            var unpacked = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(whole[..length]), CompressionMode.Decompress)) gzip.CopyTo(unpacked);
            Refuse(whole[..length], $"at byte {unpacked.Length}: the gzip data ends early");
        }
        using TraceReader failing = TraceFile.Open(new Failing(whole[..(whole.Length / 2)]), "t");
        var block = new ulong[1000];
        long read = 0;
        Should.Throw<IOException>(() =>
        {
            for (int more = failing.Read(block); more > 0; more = failing.Read(block)) read += more;
        }).Message.ShouldBe("the disk is gone");
        read.ShouldBeGreaterThan(ids.Length / 3);
    }

    [Fact]
    public void AGzipFileIsClosedThatNobodyReadsToItsEnd()
    {
        var file = new Failing(Gzip(Binary([.. Enumerable.Range(0, 1_000_000).Select(i => 0x7f1234560000ul + (ulong)(i * 7919 % 1_000_003))], sizeof(ulong))));
        using (TraceReader reader = TraceFile.Open(file, "t")) reader.Read(new ulong[50_000]);
        SpinWait.SpinUntil(() => file.IsClosed, TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0 }, "the file is an ELF program; name a page-reference string")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0 }, "the file is packed with zstd")]
    [InlineData(new byte[] { 1 }, "the content does not tell")]
    public void WhatIsNoTraceIsRefused(byte[] data, string says) => Refuse(data, says);

    [Fact]
    public void MemoryDoesNotGrowWithTheReferences()
    {
        long start = 0;
        using var trace = new NumberedTrace(TraceFile.Open(new Repeated(" 1\n 2\n 3\n"u8.ToArray(), 30_000_000), "t"));
        var block = new uint[1 << 16];
        long references = 0;
        for (int read = trace.Read(block); read > 0; read = trace.Read(block))
        {
            if (references == 0) start = GC.GetAllocatedBytesForCurrentThread();
            references += read;
        }
        references.ShouldBe(10_000_000);
        (GC.GetAllocatedBytesForCurrentThread() - start).ShouldBeLessThan(100_000);
    }

    private static void Refuse(byte[] data, params string[] says)
    {
        TraceFormatException error = Should.Throw<TraceFormatException>(() => Ids(Open(data)));
        foreach (string part in says) error.Message.ShouldContain(part);
    }

    private static byte[] Sample(TraceFormat format)
    {
        ulong[] ids = [.. Enumerable.Range(0, 9000).Select(i => (ulong)(i * 7919 % 1000))];
        return Of(format, format == TraceFormat.ChampSim ? [.. ids.Select(id => id + 1)] : ids);
    }

    private static TraceReader Open(byte[] data, TraceOptions? options = null) => TraceFile.Open(new MemoryStream(data), "t", options);

    /// <summary>A file whose end cannot be read.</summary>
    private sealed class Failing(byte[] content) : ForwardStream
    {
        private int _at;

        public bool IsClosed { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, content.Length - _at);
            if (count == 0) throw new IOException("the disk is gone");
            content.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>Some bytes, over and over.</summary>
    private sealed class Repeated(byte[] part, long length) : MemoryStream
    {
        private long _at;

        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - _at);
            for (int i = 0; i < count; i++) buffer[i] = part[(_at + i) % part.Length];
            _at += count;
            return count;
        }
    }
}
