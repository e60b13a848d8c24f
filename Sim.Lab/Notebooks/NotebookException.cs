using System;
using System.Globalization;
using System.IO;

namespace Sim.Lab.Notebooks;

/// <summary>A notebook that cannot be run to its end. The message is one line: notebook, cell, line in the cell, what went wrong.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>A failure at a line of a cell.</summary>
    public NotebookException(string notebook, int? cell, int? line, string problem, Exception? cause = null)
        : base(Describe(notebook, cell, line, problem), cause)
    {
        Notebook = notebook;
        Cell = cell;
        Line = line;
    }

    /// <summary>Path of the notebook.</summary>
    public string Notebook { get; }

    /// <summary>The cell's number, from one as execution counts do; null where the file itself is at fault.</summary>
    public int? Cell { get; }

    /// <summary>The line within the cell, from one; null where it is not known.</summary>
    public int? Line { get; }

    private static string Describe(string notebook, int? cell, int? line, string problem)
    {
        string place = Path.GetFileName(notebook);
        place += cell is { } number ? string.Create(CultureInfo.InvariantCulture, $": cell {number}") : "";
        place += line is { } at ? string.Create(CultureInfo.InvariantCulture, $", line {at}") : "";
        return $"{place}: {problem.ReplaceLineEndings(" ").Trim()}";
    }
}
