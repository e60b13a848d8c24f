using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Shouldly;
using Sim.Lab.Figures;
using Sim.Lab.Report;
using Sim.Lab.Results;
using Sim.Tests.Results;
using Xunit;

namespace Sim.Tests.Report;

/// <summary>The page as a reader gets it: whole, on its own, and not silent about what is wrong.</summary>
public sealed class StudyReportTests
{
    private const string Description = "How the fault rate of one database grows as memory shrinks <& what it costs>";

    [Fact]
    public void IsWellFormedAndTitled()
    {
        XDocument page = Parse(Page());
        page.Root!.Element("head")!.Element("title")!.Value.ShouldBe(SampleStudy.Name);
        page.Descendants("h1").Single().Value.ShouldBe(SampleStudy.Name);
        page.Descendants("p").First().Value.ShouldBe(Description);
        page.Descendants("figure").Count().ShouldBe(SampleStudy.Figures.Count);
    }

    [Fact]
    public void FetchesNothing()
    {
        string page = Page();
        foreach (XElement element in Parse(page).Descendants())
        {
            element.Attribute("src").ShouldBeNull();
            string? link = element.Attribute("href")?.Value;
            (link is null || link.StartsWith('#')).ShouldBeTrue(link);
        }

        Regex.IsMatch(page, @"url\(|@import|fetch\(|XMLHttpRequest").ShouldBeFalse();
        Regex.Replace(page, "xmlns=\"http://www.w3.org/2000/svg\"|\"\\$schema\": \"https://vega.github.io/[^\"]*\"", "").ShouldNotContain("://");
    }

    [Fact]
    public void EveryLinkHasItsTarget()
    {
        XDocument page = Parse(Page());
        string?[] ids = [.. page.Descendants().Select(element => element.Attribute("id")?.Value).Where(id => id is not null)];
        ids.ShouldBeUnique();
        foreach (XElement link in page.Descendants("a")) ids.ShouldContain(link.Attribute("href")!.Value[1..]);
    }

    [Fact]
    public void EveryFigureBringsItsDataAsJson()
    {
        foreach (XElement figure in Parse(Page()).Descendants("figure"))
        {
            XElement data = figure.Element("script")!;
            data.Attribute("type")!.Value.ShouldBe("application/json");
            JsonDocument.Parse(data.Value).RootElement.GetProperty("$schema").GetString()!.ShouldContain("vega-lite");
        }
    }

    [Fact]
    public void SaysWhichFiguresHangOnTheCosts()
    {
        string page = Page();
        page.ShouldContain("Figures that would change with the cost model: 2, 3. Figures that would not: 1, 4.");
        page.ShouldContain("Every run has one process");
    }

    [Fact]
    public void AHealthyStudyHasNoWarnings() => Page().ShouldNotContain("Before you read on");

    [Fact]
    public void AStudyWithoutRunsOrManifestStillHasAPage()
    {
        using var sample = new SampleStudy([]);
        string page = StudyReport.Page(sample.Open(), "", [], null);
        Parse(page);
        page.ShouldContain("The study has no runs.");
        page.ShouldContain("no manifest.json");
    }

    [Fact]
    public void TheFileIsWrittenBesideTheTables()
    {
        using var sample = new SampleStudy();
        StudyReport.Write(sample.Open(), Description, [], null).ShouldBe(Path.Combine(sample.Folder, "report.html"));
        File.ReadAllText(Path.Combine(sample.Folder, "report.html")).ShouldStartWith("<!DOCTYPE html>");
    }

    internal static Manifest Manifest() => new()
    {
        Study = SampleStudy.Name,
        Description = Description,
        StudyFileSha256 = Sim.Lab.Results.Manifest.HashOf("study"),
        Figures = SampleStudy.Figures,
        Started = new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero),
        DurationSeconds = 12.5,
        Jobs = 2,
        RunsComputed = 170,
        RunsReused = 10,
    };

    private static string Page()
    {
        using var sample = new SampleStudy();
        Study study = sample.Open();
        string page = StudyReport.Page(study, Description, [.. SampleStudy.Figures.Select(spec => StudyFigures.Create(study, spec))], Manifest());
        if (Environment.GetEnvironmentVariable("REPORT_OUT") is { } path)
        {
            File.WriteAllText(path, page);
            StudyFigures.Write(Path.GetDirectoryName(path)!, [.. SampleStudy.Figures.Select(spec => StudyFigures.Create(study, spec))]);
        }
        return page;
    }

    private static XDocument Parse(string page)
    {
        using var reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
