using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sim.Lab.Results;

namespace Sim.Lab.Notebooks;

/// <summary>
/// A notebook file of format 4. Reading and writing keep whatever a run does not replace; writing uses Jupyter's own layout
/// (one space of indentation, a last newline), so that a run shows in a diff as its outputs only.
/// </summary>
internal sealed class NotebookDocument
{
    private static readonly JsonSerializerOptions _layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _root;

    private NotebookDocument(JsonObject root)
    {
        _root = root;
    }

    public static NotebookDocument Read(string path)
    {
        if (Directory.Exists(path)) throw new NotebookException(path, null, null, "a folder; name an .ipynb file");
        if (!File.Exists(path)) throw new NotebookException(path, null, null, "there is no such file");
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
            return root?["cells"] is JsonArray && (int?)root["nbformat"] == 4
                ? new NotebookDocument(root)
                : throw new NotebookException(path, null, null, "not a notebook of format 4");
        }
        catch (JsonException e)
        {
            throw new NotebookException(path, null, null, "not a notebook of format 4: " + e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            throw new NotebookException(path, null, null, e.Message, e);
        }
    }

    /// <summary>The code cells that hold code, in order.</summary>
    public IReadOnlyList<NotebookCell> CodeCells()
    {
        var cells = new List<NotebookCell>();
        foreach (var json in Cells.Where(cell => (string?)cell["cell_type"] == "code"))
        {
            string source = json["source"] is JsonArray lines
                ? string.Concat(lines.Select(line => (string?)line))
                : (string?)json["source"] ?? "";
            if (!string.IsNullOrWhiteSpace(source))
            {
                cells.Add(new NotebookCell(cells.Count + 1, KernelOf(json), source, json));
            }
        }

        return cells;
    }

    /// <summary>Removes what earlier runs left: outputs, counts and the times that some editors note.</summary>
    public void Clear()
    {
        foreach (var cell in Cells.Where(cell => (string?)cell["cell_type"] == "code"))
        {
            cell["execution_count"] = null;
            cell["outputs"] = new JsonArray();
            (cell["metadata"] as JsonObject)?.Remove("execution");
        }
    }

    public void Write(string path) => AtomicFile.Write(path, _root.ToJsonString(_layout) + "\n");

    private IEnumerable<JsonObject> Cells => _root["cells"]!.AsArray().OfType<JsonObject>();

    private string KernelOf(JsonObject cell)
    {
        var metadata = cell["metadata"];
        return (string?)metadata?["polyglot_notebook"]?["kernelName"]
            ?? (string?)metadata?["dotnet_interactive"]?["language"]
            ?? (string?)_root["metadata"]?["polyglot_notebook"]?["kernelInfo"]?["defaultKernelName"]
            ?? (string?)_root["metadata"]?["kernelspec"]?["language"]
            ?? "csharp";
    }
}
