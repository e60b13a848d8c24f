using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Sim.Lab.Notebooks;

/// <summary>The cells of one notebook executed one after another, each seeing what the earlier ones declared.</summary>
internal sealed class ScriptSession : IDisposable
{
    // What Polyglot Notebooks imports for C#; a cell that needs more says so in both places.
    private static readonly string[] _imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive.Kernel",
    ];

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly HashSet<Assembly> _registered = [];
    private readonly string _notebook;
    private ScriptOptions _options;
    private ScriptState<object>? _state;

    public ScriptSession(string notebook)
    {
        _notebook = Path.GetFullPath(notebook);
        string directory = Path.GetDirectoryName(_notebook)!;
        _loader.RegisterDependency(InteractiveSurface.Assembly);
        _options = ScriptOptions.Default
            .WithReferences([.. InteractiveSurface.Framework, InteractiveSurface.Reference])
            .WithImports(_imports)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(directory).WithSearchPaths(directory))
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithOptimizationLevel(OptimizationLevel.Debug)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
    }

    /// <summary>Executes a cell and returns the value of its last expression; null where it has none.</summary>
    public async Task<object?> RunAsync(NotebookCell cell, CancellationToken cancellation)
    {
        if (cell.Kernel is not ("csharp" or "C#" or "c#"))
        {
            string problem = $"a cell for the kernel '{cell.Kernel}'; a headless run executes C# only";
            throw new NotebookException(_notebook, cell.Number, null, problem);
        }

        var (code, assemblies) = CellDirectives.Apply(_notebook, cell);
        foreach (var assembly in assemblies)
        {
            _options = _options.AddReferences(MetadataReference.CreateFromFile(assembly.Location));
            Register(assembly);
        }

        string file = string.Create(CultureInfo.InvariantCulture, $"{_notebook}.cell{cell.Number}.csx");
        try
        {
            var options = _options.WithFilePath(file);
            var script = _state is null
                ? CSharpScript.Create<object>(code, options, assemblyLoader: _loader)
                : _state.Script.ContinueWith<object>(code, options);
            _state = _state is null
                ? await script.RunAsync(cancellationToken: cancellation)
                : await script.RunFromAsync(_state, cancellation);
            return _state.ReturnValue;
        }
        catch (CompilationErrorException e)
        {
            var error = e.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            int line = error.Location.GetLineSpan().StartLinePosition.Line + 1;
            string problem = $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
            throw new NotebookException(_notebook, cell.Number, line, problem, e);
        }
        catch (Exception e) when (e is not (NotebookException or OperationCanceledException))
        {
            throw new NotebookException(_notebook, cell.Number, LineIn(file, e), $"{e.GetType().Name}: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _loader.Dispose();

    // What an assembly needs must be the copy in this process, too: the loader would take a second one from the disk, with types
    // equal in name only. The compiler finds these by itself, so a cell still has to reference what it names.
    private void Register(Assembly assembly)
    {
        if (!_registered.Add(assembly))
        {
            return;
        }

        _loader.RegisterDependency(assembly);
        string? framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        foreach (var needed in assembly.GetReferencedAssemblies().Select(name => CellDirectives.Shipped(name.Name!)).OfType<Assembly>())
        {
            if (Path.GetDirectoryName(needed.Location) != framework)
            {
                Register(needed);
            }
        }
    }

    // The innermost line of this cell on the way to the exception, or to one that it wraps.
    private static int? LineIn(string file, Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
            var frame = frames.FirstOrDefault(frame => frame.GetFileName() == file);
            if (frame is not null)
            {
                return frame.GetFileLineNumber();
            }
        }

        return null;
    }
}
