using System.Linq;
using System.Xml.Linq;
using Shouldly;
using Sim.Lab.Report;
using Sim.Lab.Statistics;
using Sim.Tests.Results;
using Xunit;

namespace Sim.Tests.Report;

/// <summary>The table of a study at a glance.</summary>
public sealed class SummaryTableTests
{
    [Fact]
    public void OneRowAPoint()
    {
        using var sample = new SampleStudy();
        SummaryTable table = sample.Open().Summary("fault_rate", "cpu_utilisation", "fault_latency_mean_ns");
        table.Headers.ShouldBe(["machine.memory", "policies.reclaim", "fault_rate", "cpu_utilisation", "fault_latency_mean_ns", "n"]);
        table.Rows.Count.ShouldBe(36);
        table.Rows[0].ShouldBe(["32MiB", "fifo", "0.0621 ± 0.0022", "28.71 ± 0.72 %", "70.75 ± 0.68 µs", "5"]);
        Enumerable.Range(0, 6).Select(table.IsNumeric).ShouldBe([true, false, true, true, true, true]);
    }

    [Fact]
    public void ItsHtmlIsWellFormedAndEscaped()
    {
        using var sample = new SampleStudy([SampleStudy.Run("clock", "64MiB", 0), SampleStudy.Run("lru", "64MiB", 0) with
        {
            Parameters = [Sim.Lab.Results.ParameterValue.Of("policies.reclaim", "<b>&\"")],
        }]);
        XElement.Parse(sample.Open().Summary().ToHtml()).Descendants("td").ShouldContain(cell => cell.Value == "<b>&\"");
    }

    [Theory]
    [InlineData("fault_rate", 0.0123456, 0.00034, "0.01235 ± 0.00034")]
    [InlineData("fault_rate", 0.0123456, double.NaN, "0.01235")]
    [InlineData("fault_rate", 0.0000123456, 0.00000034, "(1.235 ± 0.034)×10⁻⁵")]
    [InlineData("fault_rate", 0.25, 0, "0.2500 ± 0")]
    [InlineData("fault_rate", 0, 0, "0 ± 0")]
    [InlineData("fault_rate", double.NaN, double.NaN, "–")]
    [InlineData("pgfault", 1234567, 890, "1,234,567 ± 890")]
    [InlineData("cpu_utilisation", 0.5, 0.012, "50.0 ± 1.2 %")]
    [InlineData("elapsed_ns", 2500, 300, "2.50 ± 0.30 µs")]
    [InlineData("peak_kernel_bytes", 1572864, 104858, "1.50 ± 0.10 MiB")]
    public void TheHalfWidthDecidesTheDigits(string metric, double mean, double halfWidth, string text) =>
        IntervalText.Of(metric, new ConfidenceInterval(mean, halfWidth, 5)).ShouldBe(text);
}
