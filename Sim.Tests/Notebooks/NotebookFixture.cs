using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Sim.Lab.Notebooks;

namespace Sim.Tests.Notebooks;

/// <summary>A notebook in a folder of its own, written as Polyglot Notebooks writes them and removed at the end.</summary>
internal sealed class NotebookFixture : IDisposable
{
    public NotebookFixture(params string[] cells)
    {
        Folder = Directory.CreateTempSubdirectory("notebook-").FullName;
        Path = System.IO.Path.Combine(Folder, "study.ipynb");
        File.WriteAllText(Path, Document(cells).ToJsonString());
    }

    public string Folder { get; }

    public string Path { get; }

    public string Text => File.ReadAllText(Path);

    public static JsonObject Document(params string[] cells) => new()
    {
        ["cells"] = new JsonArray([new JsonObject { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = "# Study" }, .. cells.Select(Cell)]),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    public JsonArray Run()
    {
        NotebookRunner.Run(Path);
        return Cells();
    }

    /// <summary>The code cells as they stand in the file.</summary>
    public JsonArray Cells() =>
        [.. JsonNode.Parse(Text)!["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").Select(cell => cell!.DeepClone())];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static JsonObject Cell(string source) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };
}
