using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Sim.Workloads.Traces;
using Xunit;

namespace Sim.Tests.Workloads;

public sealed class TextTraceTests
{
    [Fact]
    public void PagesAreNumberedInTheOrderOfTheirFirstReference()
    {
        PageTrace trace = Read("70\n3\n70\n18446744073709551615\n3\n4000000000\n");
        trace.References.ToArray().ShouldBe([0u, 1u, 0u, 2u, 1u, 3u]);
        trace.Ids.ToArray().ShouldBe([70UL, 3UL, ulong.MaxValue, 4000000000UL]);
        trace.DistinctPages.ShouldBe(4);
        trace.Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("1\n2\n3")]
    [InlineData("1\r\n2\r\n3\r\n")]
    [InlineData("# a comment\n\n  1\t\n# another\n2 \n\n0x3\n")]
    [InlineData("0001\n0000000000000000000000002\n0X03\n")]
    [InlineData("\uFEFF1\n2\n3\n")]
    public void BlanksCommentsAndLineEndsDoNotMatter(string text) => Read(text).Ids.ToArray().ShouldBe([1UL, 2UL, 3UL]);

    [Theory]
    [InlineData("1\nabc\n", "t.txt:2: 'abc' is not a page number; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("1\n2 3\n", "t.txt:2: '2 3' is not a page number; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("-1\n", "t.txt:1: '-1' is not a page number; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("1.5\n", "t.txt:1: '1.5' is not a page number; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("0x\n", "t.txt:1: '0x' is not a page number; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("0xfg\n", "t.txt:1: '0xfg' is not a page number; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("1\n\n18446744073709551616\n", "t.txt:3: 18446744073709551616 is too large; a page id is at most 18446744073709551615")]
    [InlineData("0x10000000000000000\n", "t.txt:1: 0x10000000000000000 is too large; a page id is at most 18446744073709551615")]
    [InlineData("1\n2\u0000\n", "t.txt:2: byte 0x00 is not text; a trace is lines of page ids in text, plain or gzip")]
    [InlineData("", "t.txt: the trace holds no reference; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("# only\n\n", "t.txt: the trace holds no reference; a line holds one page id, decimal or 0x and hexadecimal")]
    [InlineData("BZh91AY", "t.txt: the file is packed with bzip2; gzip alone is read, others may be piped in: xz -dc TRACE | sim replay /dev/stdin")]
    public void WhatIsNoTraceIsNamedByFileAndLine(string text, string message)
        => Should.Throw<TraceFormatException>(() => Read(text)).Message.ShouldBe(message);

    [Fact]
    public void ALineWithoutEndIsNamed()
    {
        TraceFormatException error = Should.Throw<TraceFormatException>(() => Read($"1\n{new string('7', 300_000)}\n"));
        error.Message.ShouldBe("t.txt:2: the line is longer than 262144 bytes; a line holds one reference");
        error.Line.ShouldBe(2);
    }

    [Fact]
    public void GzipIsToldByItsContentAndMayHaveSeveralMembers()
    {
        byte[] members = [.. Gzip("5\n6\n"), .. Gzip(""), .. Gzip("5\n7")];
        Read(members).Ids.ToArray().ShouldBe([5UL, 6UL, 7UL]);
    }

    [Fact]
    public void AGzipThatBreaksOffAnywhereIsNamed()
    {
        byte[] whole = Gzip(string.Concat(Enumerable.Range(1, 3000).Select(i => $"{i * 7919 % 10007}\n")));
        Read(whole).Length.ShouldBe(3000);
        for (int length = 2; length < whole.Length; length += length < 40 || length > whole.Length - 12 ? 1 : 397)
        {
            TraceFormatException error = Should.Throw<TraceFormatException>(() => Read(whole[..length]), $"{length} of {whole.Length} bytes");
            error.Message.ShouldEndWith($"the gzip data ends early after line {error.Line}");
            error.Line.ShouldBeInRange(0, 3000);
        }
    }

    [Fact]
    public void ADamagedGzipIsNamed()
    {
        byte[] data = Gzip(string.Concat(Enumerable.Range(1, 3000).Select(i => $"{i}\n")));
        data[^6] ^= 1; // a bit of the checksum
        Should.Throw<TraceFormatException>(() => Read(data)).Message.ShouldContain("the gzip data is damaged");
        byte[] followed = [.. Gzip("1\n"), .. "rubbish"u8];
        Should.Throw<TraceFormatException>(() => Read(followed)).Message.ShouldBe("t.txt:1: the gzip data is followed by data that is not gzip after line 1");
    }

    [Fact]
    public void AnyIdsAreReadBackAcrossBlocks()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            var random = new Random(seed.Get);
            ulong[] ids = Enumerable.Range(0, 60_000).Select(_ => (ulong)random.NextInt64() >> random.Next(63)).ToArray();
            PageTrace trace = Read(string.Concat(ids.Select(id => $"{id}\n")));
            for (int i = 0; i < ids.Length; i++)
            {
                if (trace.Ids[(int)trace.References[i]] != ids[i]) return false;
            }
            return trace.Length == ids.Length && trace.DistinctPages == ids.Distinct().Count();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }

    private static PageTrace Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static PageTrace Read(byte[] data)
    {
        using var trace = new NumberedTrace(TraceFile.Open(new MemoryStream(data), "t.txt"));
        return PageTrace.Read(trace);
    }

    private static byte[] Gzip(string text)
    {
        var data = new MemoryStream();
        using (var gzip = new GZipStream(data, CompressionLevel.Optimal)) gzip.Write(Encoding.ASCII.GetBytes(text));
        return data.ToArray();
    }
}
