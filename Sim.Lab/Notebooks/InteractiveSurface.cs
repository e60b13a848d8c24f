using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Sim.Lab.Notebooks;

/// <summary>
/// The part of .NET Interactive that cells may use, under its own names. It is compiled in memory when the first notebook runs, from
/// the sources in <c>Interactive/</c>: were it part of this assembly, a notebook that references this assembly in Polyglot Notebooks
/// would find every name twice.
/// </summary>
internal static class InteractiveSurface
{
    /// <summary>The name under which this assembly lets the surface see its internals.</summary>
    private const string AssemblyName = "Sim.Lab.Interactive";
    private const string ResourcePrefix = "Interactive/";

    private static readonly Lazy<(Assembly Assembly, MetadataReference Reference)> _compiled = new(Compile);

    public static Assembly Assembly => _compiled.Value.Assembly;

    public static MetadataReference Reference => _compiled.Value.Reference;

    /// <summary>The runtime's own assemblies, which every cell may use without a directive.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } = [.. LoadableAssemblies.Framework];

    private static (Assembly Assembly, MetadataReference Reference) Compile()
    {
        var own = typeof(InteractiveSurface).Assembly;
        var sources = own.GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => CSharpSyntaxTree.ParseText(Read(own, name)));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true);
        MetadataReference[] references = [.. Framework, MetadataReference.CreateFromFile(own.Location)];
        var compilation = CSharpCompilation.Create(AssemblyName, sources, references, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
        {
            var error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"The notebook surface does not compile: {error}");
        }

        byte[] bytes = image.ToArray();
        return (Assembly.Load(bytes), MetadataReference.CreateFromImage(bytes));
    }

    private static SourceText Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        return SourceText.From(stream);
    }
}
