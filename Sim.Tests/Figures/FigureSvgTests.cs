using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Figures;
using Xunit;

namespace Sim.Tests.Figures;

/// <summary>What figures show of their data.</summary>
public sealed class FigureSvgTests
{
    [Fact]
    public void TextIsEscapedWhereverItComesFrom()
    {
        const string hostile = "a<b & \"c\" \u0001\n'd'";
        var figure = new Figure
        {
            Title = hostile,
            XAxis = new(hostile),
            YAxis = new(hostile),
            LegendTitle = hostile,
            Note = hostile,
            Series = [new(hostile, [new(1, 2)]), new("ok", [new(1, 3)])],
        };
        var probe = new SvgProbe(figure.ToSvg());
        probe.Texts.Count(text => text.Value == "a<b & \"c\"  'd'").ShouldBe(6);
    }

    [Fact]
    public void ZeroOnALogarithmicAxisHasItsOwnPlaceAndANote()
    {
        var probe = new SvgProbe(SampleFigures.ZeroOnLog().ToSvg());
        probe.YLabels[0].ShouldBe("0");
        probe.Texts.ShouldContain(text => text.Value == "Zero stands before the break of the logarithmic vertical axis.");
        probe.Tooltips.ShouldContain("only: frames 10,000, major faults 0");
    }

    [Fact]
    public void NegativeValuesMakeALogarithmicAxisLinearAndSayIt()
    {
        var probe = new SvgProbe(SampleFigures.Svgs["negative on a log axis"]());
        probe.Texts.ShouldContain(text => text.Value == "The vertical axis is linear: the data are not all positive.");
    }

    [Fact]
    public void AMissingValueInterruptsTheLine()
    {
        var whole = LinesOf([1, 2, 3, 4, 5]);
        var broken = LinesOf([1, 2, double.NaN, 4, 5]);
        whole.Length.ShouldBe(1);
        broken.Length.ShouldBe(2);
    }

    [Fact]
    public void ALineIsDrawnByAscendingX()
    {
        var forward = SampleFigures.Of(new("x"), new("y"), new FigurePoint(1, 1), new FigurePoint(2, 3), new FigurePoint(3, 2));
        var shuffled = SampleFigures.Of(new("x"), new("y"), new FigurePoint(3, 2), new FigurePoint(1, 1), new FigurePoint(2, 3));
        shuffled.ToSvg().ShouldBe(forward.ToSvg());
    }

    [Theory]
    [InlineData("no series")]
    [InlineData("all missing")]
    [InlineData("empty grid")]
    public void AFigureWithoutDataSaysSo(string sample) =>
        new SvgProbe(SampleFigures.Svgs[sample]()).Texts.ShouldContain(text => text.Value == "no data");

    [Fact]
    public void TheFirstFortyEightSeriesDifferWithoutColour() =>
        Enumerable.Range(0, 48).Select(SeriesStyle.Of).Select(style => (style.Marker, style.IsHollow, style.Dash)).Distinct().Count().ShouldBe(48);

    [Fact]
    public void TheLegendStandsRightOfEveryPoint()
    {
        var probe = new SvgProbe(SampleFigures.Sweep(12).ToSvg());
        double legend = probe.Texts.Where(text => text.Value is "fifo" or "opt").Min(text => SvgProbe.BoxOf(text).Left);
        double axisEnd = probe.Texts.Where(text => text.Value == "256 MiB").Max(text => SvgProbe.BoxOf(text).Right);
        legend.ShouldBeGreaterThan(axisEnd);
    }

    [Fact]
    public void ATooltipGivesNamePlaceValueAndInterval() =>
        new SvgProbe(SampleFigures.Svgs["one point"]()).Tooltips
            .ShouldBe(["only: machine memory 64 MiB, fault rate 1% [0.5%, 2%]"]);

    [Fact]
    public void EveryBarHasATooltip() =>
        new SvgProbe(SampleFigures.Bars(3, FigureScale.Linear).ToSvg()).Tooltips.Count().ShouldBe(9);

    [Fact]
    public void AGridHasOneLegendAndTitlesAtItsEdgesOnly()
    {
        var texts = new SvgProbe(SampleFigures.Grid().ToSvg()).Texts.Select(text => text.Value).ToArray();
        texts.Count(text => text == "linux-two-list").ShouldBe(1);
        texts.Count(text => text == "fault rate").ShouldBe(2);
        texts.Count(text => text == "machine memory").ShouldBe(3);
    }

    [Fact]
    public void PanelsOfAGridShareTheirRanges()
    {
        var grid = new FigureGrid
        {
            Title = "Two",
            Panels =
            [
                SampleFigures.Of(new("x"), new("y"), new FigurePoint(0, 0), new FigurePoint(1, 10)),
                SampleFigures.Of(new("x"), new("y"), new FigurePoint(0, 0), new FigurePoint(1, 1)),
            ],
        };
        new SvgProbe(grid.ToSvg()).YLabels.Count(label => label == "10").ShouldBe(2);
    }

    private static string[] LinesOf(double[] values)
    {
        var points = values.Select((value, index) => new FigurePoint(index, value)).ToArray();
        return [.. new SvgProbe(SampleFigures.Of(new("x"), new("y"), points).ToSvg()).Paths
            .Where(path => (string?)path.Attribute("stroke-width") == "1.8" && ((string)path.Attribute("d")!).Contains('L', StringComparison.Ordinal))
            .Select(path => (string)path.Attribute("d")!)];
    }
}
