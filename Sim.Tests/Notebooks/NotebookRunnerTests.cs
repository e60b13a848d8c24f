using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Shouldly;
using Sim.Lab.Figures;
using Sim.Lab.Notebooks;
using Xunit;

namespace Sim.Tests.Notebooks;

/// <summary>What cells may do, and what stands in the notebook after a run.</summary>
[Collection(NotebookCollection.Name)]
public sealed class NotebookRunnerTests
{
    /// <summary>A member whose type comes from an assembly that a cell does not name.</summary>
    public static TheoryData<int> Rows => [1, 2];

    [Fact]
    public void CellsSeeEarlierCellsAndTheLastExpressionIsTheResult()
    {
        using var notebook = new NotebookFixture("int frames = 40;\nint Twice(int n) => 2 * n;", "Twice(frames) + 2");
        var cells = notebook.Run();
        cells[0]!["outputs"]!.AsArray().ShouldBeEmpty();
        Data(cells[1], 0, "text/plain").ShouldBe("82");
        ((string?)cells[1]!["outputs"]![0]!["output_type"]).ShouldBe("execute_result");
        cells.Select(cell => (int?)cell!["execution_count"]).ShouldBe([1, 2]);
    }

    [Fact]
    public void OutputsStandInTheOrderInWhichTheyAppeared()
    {
        using var notebook = new NotebookFixture(
            "Console.Write(\"a\");\nConsole.WriteLine(1.5);\ndisplay(HTML(\"<b>b</b>\"));\nConsole.Error.WriteLine(\"c\");\n\"d\".Display();");
        var outputs = notebook.Run()[0]!["outputs"]!.AsArray();
        outputs.Select(output => (string)output!["output_type"]!).ShouldBe(["stream", "display_data", "stream", "display_data"]);
        outputs[0]!["text"]!.AsArray().Select(line => (string)line!).ShouldBe(["a1.5\n"]);
        ((string?)outputs[2]!["name"]).ShouldBe("stderr");
    }

    [Fact]
    public void AFigureIsShownAsItsDrawing()
    {
        using var notebook = new NotebookFixture(
            $"#r \"{typeof(Figure).Assembly.Location}\"\nusing Sim.Lab.Figures;\nvar figure = new Figure {{ Title = \"F\", XAxis = new(\"x\"), " +
            "YAxis = new(\"y\"), Series = [new(\"s\", [new(1, 2), new(2, 3)])] };\nfigure",
            "HTML(figure.ToSvg())",
            "figure.ToVegaLite().DisplayAs(\"application/vnd.vegalite.v5+json\");");
        var cells = notebook.Run();
        Data(cells[0], 0, "text/html").ShouldStartWith("<svg ");
        Data(cells[1], 0, "text/html").ShouldBe(Data(cells[0], 0, "text/html"));
        cells[2]!["outputs"]![0]!["data"]!["application/vnd.vegalite.v5+json"].ShouldBeOfType<JsonObject>();
    }

    [Fact]
    public void AnAssemblyOfTheSimulatorIsTheLoadedOneWhateverItsPath()
    {
        using var notebook = new NotebookFixture(
            "#r \"../not/built/Sim.Lab.dll\"\n#r \"nuget: MathNet.Numerics, 5.0.0\"\n#i \"nuget:https://example.org\"\n#!csharp\n" +
            "using MathNet.Numerics.Statistics;\nnew[] { 1.0, 2.0, 3.0 }.Mean()",
            "typeof(Sim.Lab.Figures.Figure).Assembly.GetName().Name");
        var cells = notebook.Run();
        Data(cells[0], 0, "text/plain").ShouldBe("2");
        Data(cells[1], 0, "text/plain").ShouldBe("Sim.Lab");
    }

    [Fact]
    public void WhatAnAssemblyNeedsIsTheLoadedCopyToo()
    {
        using var notebook = new NotebookFixture(
            $"#r \"{typeof(NotebookRunnerTests).Assembly.Location}\"\n" +
            "int rows = 0;\nforeach (var row in Sim.Tests.Notebooks.NotebookRunnerTests.Rows) rows++;\nrows");
        Data(notebook.Run()[0], 0, "text/plain").ShouldBe("2");
    }

    [Fact]
    public void TheWorkingDirectoryIsTheNotebooksFolderAndIsRestored()
    {
        string before = Environment.CurrentDirectory;
        using var notebook = new NotebookFixture("System.IO.File.ReadAllText(\"data.txt\")");
        File.WriteAllText(Path.Combine(notebook.Folder, "data.txt"), "here");
        Data(notebook.Run()[0], 0, "text/plain").ShouldBe("here");
        Environment.CurrentDirectory.ShouldBe(before);
    }

    [Fact]
    public void FormattersUpdatesTablesAndAwaitsWork()
    {
        using var notebook = new NotebookFixture(
            "using Microsoft.DotNet.Interactive.Formatting;\nFormatter.Register<Version>(v => $\"<i>{v.Major}</i>\", HtmlFormatter.MimeType);\nnew Version(3, 1)",
            "var shown = display(1);\nawait Task.Delay(1);\nshown.Update(2);",
            "new[] { (A: 1, B: \"<x>\") }.Select(t => new { t.A, t.B })",
            "null");
        var cells = notebook.Run();
        Data(cells[0], 0, "text/html").ShouldBe("<i>3</i>");
        Data(cells[1], 0, "text/plain").ShouldBe("2");
        Data(cells[2], 0, "text/html").ShouldBe(
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>&lt;x&gt;</td></tr></tbody></table>");
        cells[3]!["outputs"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void RunningTwiceGivesTheSameBytes()
    {
        using var notebook = new NotebookFixture("Console.WriteLine(\"µ ≤ <&>\");", "Enumerable.Range(0, 60)", "new { A = 1.0 / 3 }");
        notebook.Run();
        string first = notebook.Text;
        notebook.Run();
        notebook.Text.ShouldBe(first);
        first.ShouldContain("\n \"cells\": [\n");
        first.ShouldContain("µ ≤ <&>");
        first.ShouldEndWith("}\n");
    }

    [Fact]
    public void TheExecutedNotebookMayGoElsewhere()
    {
        using var notebook = new NotebookFixture("1 + 1");
        string before = notebook.Text;
        string executed = Path.Combine(notebook.Folder, "executed.ipynb");
        NotebookRunner.Run(notebook.Path, executed).ShouldBe(1);
        notebook.Text.ShouldBe(before);
        File.ReadAllText(executed).ShouldContain("\"2\"");
    }

    private static string Data(JsonNode? cell, int output, string mimeType) =>
        string.Concat(cell!["outputs"]![output]!["data"]![mimeType]!.AsArray().Select(line => (string)line!));
}
