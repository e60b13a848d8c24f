using Shouldly;
using Sim.Lab.Figures;
using Xunit;

namespace Sim.Tests.Figures;

/// <summary>The smallest figure byte for byte: a change of layout or markup shows here first.</summary>
public sealed class FigureGoldenTests
{
    [Fact]
    public void OneEmptyFigure()
    {
        var figure = new Figure { Title = "T", XAxis = new("x"), YAxis = new("y", Unit: "s"), Series = [], Width = 300, Height = 220 };
        figure.ToSvg().ShouldBe(
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="300" height="220" viewBox="0 0 300 220" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif" fill="#222" role="img" aria-label="T">
            <title>T</title>
            <desc>Line chart of y (s) against x, without data.</desc>
            <rect width="300" height="220" fill="#fff"/>
            <text x="14" y="29" font-size="15" text-anchor="start" font-weight="bold">T</text>
            <path d="M47.25 46.75V157.75H276" fill="none" stroke="#333"/>
            <text x="161.63" y="102.25" font-size="14" text-anchor="middle" fill="#666">no data</text>
            <text x="161.63" y="200.15" font-size="13" text-anchor="middle">x</text>
            <text x="30.25" y="102.25" font-size="13" text-anchor="middle" transform="rotate(-90 30.25 102.25)">y (s)</text>
            </svg>

            """);
    }
}
