using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Sim.Workloads.Traces;

namespace Sim.Lab.Scripts;

/// <summary>
/// Reads scripts of operations on address spaces, JSON Lines, gzip or not: a header with `case`, then a line an operation with `op`, then perhaps a line
/// with `final`.
/// </summary>
internal static class ScriptFile
{
    /// <summary>The lines that are not blank.</summary>
    public static IEnumerable<ScriptLine> Lines(string path)
    {
        if (!File.Exists(path)) throw new ScriptException(path, "there is no such file");
        using var file = new UnpackedFile(path);
        using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: false));
        long number = 0;
        string? text = reader.ReadLine();
        while (text is not null)
        {
            number++;
            // The line after tells whether this is the last one, of which damaged packing may have left a part.
            string? next = reader.ReadLine();
            if (next is null && file.Problem is { } problem) throw new ScriptException(path, number, problem + " in this line");
            if (!string.IsNullOrWhiteSpace(text)) yield return new ScriptLine(path, number, text);
            text = next;
        }
        if (number == 0 && file.Problem is { } empty) throw new ScriptException(path, empty);
    }

    /// <summary>Whether a file's first case has its operations on its own line: then it is a recording of faults.</summary>
    public static bool HoldsFaults(string path) => Lines(path).FirstOrDefault() is { } first && first.Json.ContainsKey("case") && first.Json.ContainsKey("ops");

    /// <summary>The cases, read as they are asked for. Throws a <see cref="ScriptException"/> at the first line that is none of these.</summary>
    public static IEnumerable<ScriptCase> Read(string path)
    {
        ScriptLine? header = null, final = null;
        var operations = new List<ScriptLine>();
        long number = 0;
        foreach (ScriptLine line in Lines(path))
        {
            number = line.Number;
            if (line.Json.ContainsKey("case"))
            {
                if (header is not null) yield return new ScriptCase(header, operations, final);
                (header, final, operations) = (line, null, []);
            }
            else if (header is null) throw line.Error("the first line is no header; a header is such as {\"case\":\"one\",\"base\":\"0x200000000000\"}");
            else if (final is not null) throw line.Error("nothing follows a case's 'final' but another header");
            else if (line.Json.ContainsKey("op")) operations.Add(line);
            else if (line.Json.ContainsKey("final")) final = line;
            else throw line.Error("the line has none of 'case', 'op' and 'final'; one of these says what it is");
        }
        if (header is null) throw new ScriptException(path, number, "the file holds no case; one begins with a header such as {\"case\":\"one\",\"base\":\"0x200000000000\"}");
        yield return new ScriptCase(header, operations, final);
    }
}
