using Shouldly;
using Sim.Core.Units;
using Xunit;

namespace Sim.Tests.Units;

/// <summary>Numbers with units as people write them, and as the simulator writes them back.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("42", 42)]
    [InlineData("-1.5", -1.5)]
    [InlineData("1_000_000", 1e6)]
    [InlineData("20M", 20e6)]
    [InlineData("1.5k", 1500)]
    [InlineData("3 G", 3e9)]
    [InlineData("1e3", 1000)]
    [InlineData("30%", 0.3)]
    [InlineData("12.5 %", 0.125)]
    public void ANumberIsRead(string text, double expected)
    {
        Quantity.TryParseNumber(text, out double number).ShouldBeTrue();
        number.ShouldBe(expected, 1e-12);
    }

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("%")]
    [InlineData("k")]
    [InlineData("ten")]
    [InlineData("1,5")]
    [InlineData("1K")]
    [InlineData("1kk")]
    [InlineData("5%%")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    public void NoNumberIsRefused(string text) => Quantity.TryParseNumber(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0B", 0)]
    [InlineData("4096B", 4096)]
    [InlineData("4KiB", 4096)]
    [InlineData("512 MiB", 512L << 20)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("2TiB", 2L << 40)]
    [InlineData("1_024KiB", 1L << 20)]
    public void ASizeIsRead(string text, long bytes)
    {
        Quantity.TryParseSize(text, out ByteSize size).ShouldBeTrue();
        size.Bytes.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4096")]
    [InlineData("KiB")]
    [InlineData("4KB")]
    [InlineData("4kib")]
    [InlineData("1.5B")]
    [InlineData("0.1GiB")]
    [InlineData("-4KiB")]
    [InlineData("9000000TiB")]
    [InlineData("4KiBs")]
    public void NoSizeIsRefusedAndReadsAsZero(string text)
    {
        Quantity.TryParseSize(text, out ByteSize size).ShouldBeFalse();
        size.Bytes.ShouldBe(0);
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("7ps", 7)]
    [InlineData("1.15ns", 1150)]
    [InlineData("80 us", 80_000_000)]
    [InlineData("2.5ms", 2_500_000_000)]
    [InlineData("1s", 1_000_000_000_000)]
    [InlineData("1min", 60_000_000_000_000)]
    [InlineData("0.4ps", 0)]
    [InlineData("-1ns", -1000)]
    public void ATimeIsRead(string text, long picoseconds)
    {
        Quantity.TryParseTime(text, out SimTime time).ShouldBeTrue();
        time.Picoseconds.ShouldBe(picoseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5m")]
    [InlineData("5h")]
    [InlineData("ms")]
    [InlineData("5 m s")]
    [InlineData("1e10s")]
    public void NoTimeIsRefusedAndReadsAsZero(string text)
    {
        Quantity.TryParseTime(text, out SimTime time).ShouldBeFalse();
        time.ShouldBe(SimTime.Zero);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(999, "999ps")]
    [InlineData(1000, "1ns")]
    [InlineData(1150, "1.15ns")]
    [InlineData(-2_500_000, "-2.5us")]
    [InlineData(8_000_000_000, "8ms")]
    [InlineData(61_500_000_000_000, "61.5s")]
    [InlineData(long.MaxValue, "never")]
    public void ATimePrintsInItsLargestUnit(long picoseconds, string expected) => new SimTime(picoseconds).ToString().ShouldBe(expected);

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(1024, "1KiB")]
    [InlineData(1536, "1.5KiB")]
    [InlineData(64L << 20, "64MiB")]
    [InlineData(3L << 29, "1.5GiB")]
    [InlineData(-4096, "-4KiB")]
    [InlineData(2048L << 50, "2048PiB")]
    public void ASizePrintsInItsLargestUnit(long bytes, string expected) => new ByteSize(bytes).ToString().ShouldBe(expected);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    public void PagesAreRoundedUp(long bytes, long pages) => new ByteSize(bytes).Pages.ShouldBe(pages);

    [Fact]
    public void NeverStaysNever()
    {
        SimTime.Never.SaturatingAdd(new SimTime(1)).ShouldBe(SimTime.Never);
        new SimTime(1).SaturatingAdd(SimTime.Never).ShouldBe(SimTime.Never);
        new SimTime(1).SaturatingAdd(new SimTime(2)).ShouldBe(new SimTime(3));
    }
}
