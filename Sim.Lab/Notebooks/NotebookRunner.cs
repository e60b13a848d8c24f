using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Sim.Lab.Notebooks;

/// <summary>
/// Runs a notebook's C# cells without an editor and writes what they show back into it. Cells see what they would see in Polyglot
/// Notebooks: its imports, <c>display</c>, <c>HTML</c>, <c>.Display()</c>, and the notebook's folder as working directory. The result
/// holds no time, path or identifier of the machine, so that the same cells over the same data give the same bytes.
/// </summary>
public static class NotebookRunner
{
    // Console and working directory belong to the process, so notebooks take turns.
    private static readonly Lock _turn = new();

    /// <summary>Executes all cells in order and writes the notebook with its outputs. If a cell fails, nothing is written.</summary>
    /// <param name="path">The notebook.</param>
    /// <param name="outputPath">Where the executed notebook goes; the notebook itself if null.</param>
    /// <param name="progress">Told the number of each cell before it runs, and how many there are.</param>
    /// <param name="cancellation">Stops between cells, and within those that honour it.</param>
    /// <returns>The number of cells executed.</returns>
    /// <exception cref="NotebookException">The file is not a notebook, or a cell does not compile or throws.</exception>
    public static int Run(string path, string? outputPath = null, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        string notebook = Path.GetFullPath(path);
        string destination = Path.GetFullPath(outputPath ?? path);
        lock (_turn)
        {
            var document = NotebookDocument.Read(notebook);
            document.Clear();
            int cells = RunInPlace(notebook, document, progress, cancellation);
            document.Write(destination);
            return cells;
        }
    }

    private static int RunInPlace(string notebook, NotebookDocument document, Action<int, int>? progress, CancellationToken cancellation)
    {
        var (output, error, directory) = (Console.Out, Console.Error, Environment.CurrentDirectory);
        using var session = new ScriptSession(notebook);
        CellContext.Formatter = new DisplayFormatter();
        try
        {
            Environment.CurrentDirectory = Path.GetDirectoryName(notebook)!;
            Console.SetOut(new CellConsole("stdout", output));
            Console.SetError(new CellConsole("stderr", error));
            var cells = document.CodeCells();
            foreach (var cell in cells)
            {
                progress?.Invoke(cell.Number, cells.Count);
                RunCell(session, cell, cancellation);
            }

            return cells.Count;
        }
        finally
        {
            CellContext.Outputs = null;
            Console.SetOut(output);
            Console.SetError(error);
            Environment.CurrentDirectory = directory;
        }
    }

    private static void RunCell(ScriptSession session, NotebookCell cell, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var outputs = new CellOutputs(cell.Number);
        CellContext.Outputs = outputs;

        // On the pool: a cell that blocks on its own awaits must not find the caller's synchronisation context in its way.
        object? value = Task.Run(() => session.RunAsync(cell, cancellation), cancellation).GetAwaiter().GetResult();
        if (value is not null)
        {
            outputs.Result(CellContext.Formatter.Format(value));
        }

        CellContext.Outputs = null;
        cell.Json["execution_count"] = cell.Number;
        cell.Json["outputs"] = outputs.ToJson();
    }
}
