using Shouldly;
using Sim.Lab.Figures;
using Xunit;

namespace Sim.Tests.Figures;

/// <summary>The ticks of axes over known ranges.</summary>
public sealed class FigureTickTests
{
    private const double MiB = 1 << 20;

    [Theory]
    [InlineData(FigureFormat.Number, FigureScale.Linear, 0, 10, "0 2 4 6 8 10")]
    [InlineData(FigureFormat.Number, FigureScale.Linear, -3, 5, "−4 −2 0 2 4 6")]
    [InlineData(FigureFormat.Number, FigureScale.Linear, 0, 24e6, "0 5M 10M 15M 20M 25M")]
    [InlineData(FigureFormat.Number, FigureScale.Linear, 0, 40_000, "0 10,000 20,000 30,000 40,000")]
    [InlineData(FigureFormat.Number, FigureScale.Linear, 0, 9e-6, "0 2×10⁻⁶ 4×10⁻⁶ 6×10⁻⁶ 8×10⁻⁶ 10×10⁻⁶")]
    [InlineData(FigureFormat.Number, FigureScale.Linear, 0.95, 1, "0.95 0.96 0.97 0.98 0.99 1.00")]
    [InlineData(FigureFormat.Percent, FigureScale.Linear, 0, 0.081, "0% 2% 4% 6% 8% 10%")]
    [InlineData(FigureFormat.Percent, FigureScale.Log10, 0.0001, 0.2, "0.01% 0.1% 1% 10%")]
    [InlineData(FigureFormat.Bytes, FigureScale.Linear, 0, 96 * MiB, "0|16 MiB|32 MiB|48 MiB|64 MiB|80 MiB|96 MiB")]
    [InlineData(FigureFormat.Bytes, FigureScale.Log2, 64 * MiB, 1024 * MiB, "64 MiB|128 MiB|256 MiB|512 MiB|1 GiB")]
    [InlineData(FigureFormat.Bytes, FigureScale.Log2, 64 * MiB, 256 * MiB, "64 MiB|96 MiB|128 MiB|192 MiB|256 MiB")]
    [InlineData(FigureFormat.Time, FigureScale.Linear, 0, 1.9e6, "0 0.5 1.0 1.5 2.0")]
    [InlineData(FigureFormat.Time, FigureScale.Log10, 80, 3e9, "100 ns|1 µs|10 µs|100 µs|1 ms|10 ms|100 ms|1 s|10 s")]
    [InlineData(FigureFormat.Number, FigureScale.Log2, 1, 256, "1 2 4 8 16 32 64 128 256")]
    [InlineData(FigureFormat.Number, FigureScale.Log10, 1, 100, "1 2 5 10 20 50 100")]
    [InlineData(FigureFormat.Number, FigureScale.Log10, 1e-6, 1, "10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰")]
    public void VerticalTicksAreRound(FigureFormat format, FigureScale scale, double low, double high, string expected)
    {
        var figure = SampleFigures.Of(new("x"), new("y", format, scale), new FigurePoint(0, low), new FigurePoint(1, high));
        var labels = new SvgProbe(figure.ToSvg()).YLabels;
        labels.ShouldBe(expected.Split(expected.Contains('|') ? '|' : ' '));
    }

    [Fact]
    public void ANarrowLogarithmicRangeStillHasTicks()
    {
        var figure = SampleFigures.Of(
            new("x"), new("y", Scale: FigureScale.Log10), new FigurePoint(0, 3.1), new FigurePoint(1, 3.9));
        new SvgProbe(figure.ToSvg()).YLabels.Length.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(0, 2e6, "0|200 µs|500 µs|1 ms|2 ms")]
    [InlineData(2e6, 2e6, "200 µs|500 µs|1 ms|2 ms|5 ms|10 ms|20 ms")]
    public void ALogarithmicAxisOfOnePositiveValueEndsThereWhereItAlsoHasZero(double low, double high, string expected)
    {
        var figure = SampleFigures.Of(new("x"), new("y", FigureFormat.Time, FigureScale.Log10), new FigurePoint(0, low), new FigurePoint(1, high));
        new SvgProbe(figure.ToSvg()).YLabels.ShouldBe(expected.Split('|'));
    }

    [Theory]
    [InlineData(0, "0 20 40 60 80 100 120")]
    [InlineData(-1, "−20 0 20 40 60 80 100 120")]
    public void AnIntervalBelowZeroMakesRoomThereOnlyWhereAnEstimateIsNegative(double estimate, string expected)
    {
        var figure = SampleFigures.Of(new("x"), new("y"), new FigurePoint(0, estimate, estimate - 3, estimate + 3), new FigurePoint(1, 100, 90, 110));
        var probe = new SvgProbe(figure.ToSvg());
        probe.YLabels.ShouldBe(expected.Split(' '));
    }

    [Fact]
    public void ALinearTimeAxisNamesItsUnitInTheTitle()
    {
        var figure = SampleFigures.Of(new("x"), new("latency", FigureFormat.Time), new FigurePoint(0, 0), new FigurePoint(1, 4200));
        figure.ToSvg().ShouldContain(">latency (µs)</text>");
    }

    [Fact]
    public void AGivenUnitStandsInTheTitle() =>
        SampleFigures.Of(new("x"), new("throughput", Unit: "accesses/s"), new FigurePoint(0, 1), new FigurePoint(1, 2))
            .ToSvg().ShouldContain(">throughput (accesses/s)</text>");
}
