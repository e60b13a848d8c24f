using System;
using System.Linq;
using Shouldly;
using Sim.Lab.Figures;
using Xunit;

namespace Sim.Tests.Figures;

/// <summary>Holds for every sample: it is well formed, nothing is clipped, no words overlap, the same data give the same bytes.</summary>
public sealed class FigureLayoutTests
{
    public static TheoryData<string> Samples => [.. SampleFigures.Svgs.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void EverySampleIsWellFormedAndTitled(string sample)
    {
        var probe = Render(sample);
        probe.Root.Elements().Take(2).Select(element => element.Name.LocalName).ShouldBe(["title", "desc"]);
        ((string?)probe.Root.Attribute("role")).ShouldBe("img");
        SampleFigures.Svgs[sample]().ShouldNotContain("NaN");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void NoTextLeavesTheSheet(string sample)
    {
        var probe = Render(sample);
        foreach (var text in probe.Texts)
        {
            var box = SvgProbe.BoxOf(text);
            box.Left.ShouldBeGreaterThanOrEqualTo(0, text.Value);
            box.Top.ShouldBeGreaterThanOrEqualTo(0, text.Value);
            box.Right.ShouldBeLessThanOrEqualTo(probe.Width, text.Value);
            box.Bottom.ShouldBeLessThanOrEqualTo(probe.Height, text.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void NoTwoTextsOverlap(string sample)
    {
        // The box around a slanted text is far larger than the text; those are kept apart by their bands.
        var texts = Render(sample).Texts
            .Where(text => ((string?)text.Attribute("transform"))?.Contains("(-35", StringComparison.Ordinal) != true).ToArray();
        for (int i = 0; i < texts.Length; i++)
        {
            var one = SvgProbe.BoxOf(texts[i]);
            foreach (var text in texts[..i])
            {
                var other = SvgProbe.BoxOf(text);
                bool overlaps = one.Left < other.Right - 1 && other.Left < one.Right - 1 && one.Top < other.Bottom - 1 && other.Top < one.Bottom - 1;
                overlaps.ShouldBeFalse($"'{texts[i].Value}' over '{text.Value}'");
            }
        }
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(40, 20)]
    [InlineData(300, 28)]
    public void SlantedLabelsAreThinnedWhereTheyWouldTouch(int categories, int expected)
    {
        var points = Enumerable.Range(0, categories).Select(index => new FigurePoint($"category{index}", index)).ToArray();
        var labels = new SvgProbe(SampleFigures.Of(new("x", FigureFormat.Category), new("y"), points).ToSvg()).Texts
            .Where(text => text.Value.StartsWith("category", StringComparison.Ordinal)).ToArray();
        labels.Length.ShouldBe(expected);
        double[] feet = [.. labels.Select(label => SvgProbe.Number(label, "x"))];
        feet.Zip(feet.Skip(1), (one, next) => (next - one) * Math.Sin(35 * Math.PI / 180)).ShouldAllBe(distance => distance >= 12);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void TheSameDataGiveTheSameBytes(string sample) =>
        SampleFigures.Svgs[sample]().ShouldBe(SampleFigures.Svgs[sample]());

    private static SvgProbe Render(string sample) => new(SampleFigures.Svgs[sample]());
}
