using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Shouldly;
using Sim.Lab.Notebooks;
using Sim.Tests.Notebooks;
using Xunit;

namespace Sim.Tests.Results;

/// <summary>The committed notebook over results of the shape that its study leaves.</summary>
[Collection(NotebookCollection.Name)]
public sealed class StudyNotebookTests
{
    [Fact]
    public void TheStudysNotebookRunsToItsEnd()
    {
        using var sample = new SampleStudy();
        string folder = Directory.CreateDirectory(Path.Combine(sample.Root, "notebooks")).FullName;
        string notebook = Path.Combine(folder, SampleStudy.Name + ".ipynb");
        File.Copy(Path.Combine(ResultsSchemaDocumentTests.Repository(), "notebooks", SampleStudy.Name + ".ipynb"), notebook);
        NotebookRunner.Run(notebook).ShouldBe(5);
        string[] html =
        [
            .. JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
                .Select(output => output!["data"]?["text/html"]?.ToJsonString()).OfType<string>(),
        ];
        html.Length.ShouldBe(4);
        html[0].ShouldContain("32MiB");
        html[1].ShouldContain("Fault rate against memory");
        html[2].ShouldContain("Major fault rate");
    }
}
