using System.Linq;
using System.Text.Json.Nodes;
using Shouldly;
using Sim.Lab.Figures;
using Xunit;

namespace Sim.Tests.Figures;

/// <summary>The Vega-Lite form: the same data, scales and colours as the drawing.</summary>
public sealed class FigureVegaLiteTests
{
    [Fact]
    public void DataStandInlineAndAMissingValueIsNull()
    {
        var figure = SampleFigures.Of(new("x"), new("y"), new FigurePoint(2, double.NaN), new FigurePoint(1, 5, 4, 6));
        var rows = Parse(figure.ToVegaLite())["data"]!["values"]!.AsArray();
        rows.Select(row => (double)row!["x"]!).ShouldBe([1, 2]);
        ((double)rows[0]!["low"]!).ShouldBe(4);
        rows[1]!["y"].ShouldBeNull();
    }

    [Theory]
    [InlineData(FigureScale.Linear, 1, "linear")]
    [InlineData(FigureScale.Log10, 1, "log")]
    [InlineData(FigureScale.Log10, 0, "symlog")]
    [InlineData(FigureScale.Log10, -1, "linear")]
    public void ScalesFollowTheAxisAndItsData(FigureScale scale, double least, string expected)
    {
        var figure = SampleFigures.Of(new("x"), new("y", Scale: scale), new FigurePoint(1, least), new FigurePoint(2, 50));
        string type = (string)Parse(figure.ToVegaLite())["layer"]![1]!["encoding"]!["y"]!["scale"]!["type"]!;
        type.ShouldBe(expected);
    }

    [Fact]
    public void ColoursAreThoseOfTheDrawing()
    {
        var range = Parse(SampleFigures.Sweep(3).ToVegaLite())["encoding"]!["color"]!["scale"]!["range"]!.AsArray();
        range.Select(colour => (string)colour!).ShouldBe(SeriesStyle.Colours.Take(3));
    }

    [Fact]
    public void BarsKeepTheOrderOfTheirCategories()
    {
        var x = Parse(SampleFigures.Bars(2, FigureScale.Linear).ToVegaLite())["encoding"]!["x"]!;
        x["sort"]!.AsArray().Select(label => (string)label!).ShouldBe(["eager", "cow", "vfork"]);
    }

    [Fact]
    public void TheTextIsSafeInsideAScriptElement()
    {
        var figure = SampleFigures.Of(new("</script>"), new("y"), new FigurePoint(1, 1));
        figure.ToVegaLite().ShouldNotContain("</script>");
    }

    [Fact]
    public void EveryPanelOfAGridHasItsOwnFilter()
    {
        string spec = SampleFigures.Grid().ToVegaLite();
        Parse(spec)["concat"]!.AsArray().Count.ShouldBe(5);
        Enumerable.Range(0, 5).ShouldAllBe(index => spec.Split($"\"name\":\"pick{index}\"").Length == 2);
        spec.ShouldBe(SampleFigures.Grid().ToVegaLite());
    }

    private static JsonNode Parse(string spec) => JsonNode.Parse(spec)!;
}
