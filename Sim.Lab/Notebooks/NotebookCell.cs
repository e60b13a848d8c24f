using System.Text.Json.Nodes;

namespace Sim.Lab.Notebooks;

/// <summary>A code cell: its number among the code cells, its text, its place in the document.</summary>
internal sealed record NotebookCell(int Number, string Kernel, string Source, JsonObject Json);
