using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Sim.Lab.Notebooks;

/// <summary>
/// Takes a cell's directives out of its code, line by line, so that line numbers stay as they are.
/// <list type="bullet">
/// <item><c>#!csharp</c> and <c>#!time</c> vanish; other magic commands need Polyglot Notebooks and are refused.</item>
/// <item><c>#r "nuget: X"</c> is met by an assembly X that this program ships. Nothing is downloaded: a notebook must give the
/// same result tomorrow and without a network, with the versions that the lock files name.</item>
/// <item><c>#r "path.dll"</c> of an assembly that this program has loaded means that one, whatever the path: a second copy would
/// bring types that are equal in name only. Any other path is left to the compiler, relative to the notebook.</item>
/// </list>
/// </summary>
internal static class CellDirectives
{
    private static readonly Regex _magic = new(@"^\s*#!\s*(\S*)", RegexOptions.CultureInvariant);
    private static readonly Regex _source = new("^\\s*#i\\s+\"nuget:", RegexOptions.CultureInvariant);
    private static readonly Regex _package = new("^\\s*#r\\s+\"nuget:\\s*([^,\"]+?)\\s*(,[^\"]*)?\"\\s*$", RegexOptions.CultureInvariant);
    private static readonly Regex _path = new("^\\s*#r\\s+\"([^\":]+\\.dll|[A-Za-z]:[^\"]+\\.dll)\"\\s*$", RegexOptions.CultureInvariant);

    /// <summary>The code without directives, and the assemblies that they asked for.</summary>
    public static (string Code, IReadOnlyList<Assembly> Assemblies) Apply(string notebook, NotebookCell cell)
    {
        var assemblies = new List<Assembly>();
        string[] lines = cell.Source.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            NotebookException Refusal(string problem) => new(notebook, cell.Number, i + 1, problem);
            if (_magic.Match(lines[i]) is { Success: true } magic)
            {
                lines[i] = magic.Groups[1].Value is "csharp" or "c#" or "C#" or "time"
                    ? ""
                    : throw Refusal($"the magic command '#!{magic.Groups[1].Value}' needs Polyglot Notebooks");
            }
            else if (_source.IsMatch(lines[i]))
            {
                lines[i] = "";
            }
            else if (_package.Match(lines[i]) is { Success: true } package)
            {
                string name = package.Groups[1].Value;
                assemblies.Add(Shipped(name)
                    ?? throw Refusal($"package '{name}' is not shipped with the simulator, and a headless run downloads nothing"));
                lines[i] = "";
            }
            else if (_path.Match(lines[i]) is { Success: true } path &&
                Loaded(Path.GetFileNameWithoutExtension(path.Groups[1].Value)) is { } loaded)
            {
                assemblies.Add(loaded);
                lines[i] = "";
            }
        }

        return (string.Join('\n', lines), assemblies);
    }

    /// <summary>An assembly by name; loading finds only what stands in the program's own list of assemblies.</summary>
    public static Assembly? Shipped(string name)
    {
        try
        {
            return Loaded(name) ?? Assembly.Load(new AssemblyName(name));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ArgumentException)
        {
            return null;
        }
    }

    private static Assembly? Loaded(string name) => AppDomain.CurrentDomain.GetAssemblies()
        .FirstOrDefault(assembly => !assembly.IsDynamic && assembly.Location.Length > 0 &&
            string.Equals(assembly.GetName().Name, name, StringComparison.OrdinalIgnoreCase));
}
