using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Sim.Core.Contracts;
using Sim.Policies.Reclaim;

namespace Sim.Lab.Catalogue;

/// <summary>
/// Policies that live outside of the repository: C# files like those of Sim.Policies, compiled when a command starts. What they may use is Sim.Core and
/// Sim.Policies. An assembly made of one bears the hash of its text, by which runs are told apart.
/// </summary>
public static class PolicyFile
{
    private const string AssemblyPrefix = "policy-file-";

    /// <summary>The policies that ship, and those of some files. Throws a <see cref="PolicyFileException"/> at the first file that cannot be used.</summary>
    public static PolicyCatalogue AddTo(PolicyCatalogue shipped, IReadOnlyList<string> files)
    {
        if (files.Count == 0) return shipped;
        List<Assembly> assemblies = [typeof(Lru).Assembly];
        PolicyCatalogue catalogue = shipped;
        foreach (string file in files)
        {
            Assembly compiled = Compile(file);
            Check(file, compiled, catalogue);
            assemblies.Add(compiled);
            catalogue = new PolicyCatalogue(assemblies);
        }
        return catalogue;
    }

    /// <summary>The hash of the file that a policy comes from; null for those that ship.</summary>
    internal static string? HashOf(PolicyEntry entry)
    {
        string assembly = entry.Implementation.Assembly.GetName().Name!;
        return assembly.StartsWith(AssemblyPrefix, StringComparison.Ordinal) ? assembly[AssemblyPrefix.Length..] : null;
    }

    /// <summary>What all policies of a point implement; there is nothing where the point is no matter of code.</summary>
    internal static Type[] ContractsOf(PolicyEntry[] there, Func<string, Exception> refusal)
    {
        Type[] contracts = [.. there[0].Implementation.GetInterfaces()
            .Where(contract => !contract.IsGenericType && there.All(other => contract.IsAssignableFrom(other.Implementation)))];
        return contracts.Length > 0 ? contracts : throw refusal($"the policies at '{there[0].Point}' are built in; none can be added");
    }

    /// <summary>The policies of a catalogue that come from files, by point/name, with the hash of the file.</summary>
    internal static IReadOnlyDictionary<string, string> HashesIn(PolicyCatalogue catalogue) =>
        catalogue.Entries.Where(entry => HashOf(entry) is not null).ToDictionary(entry => $"{entry.Point}/{entry.Name}", entry => HashOf(entry)!);

    private static Assembly Compile(string file)
    {
        if (!File.Exists(file)) throw new PolicyFileException(file, "there is no such file");
        byte[] bytes = File.ReadAllBytes(file);
        SourceText text = SourceText.From(bytes, bytes.Length, canBeEmbedded: true);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            deterministic: true, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create(AssemblyPrefix + Convert.ToHexStringLower(SHA256.HashData(bytes)),
            [CSharpSyntaxTree.ParseText(text, path: Path.GetFullPath(file))], References(), options);
        using var image = new MemoryStream();
        // With the lines in it, so that an exception in the policy says where.
        EmitResult result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        if (result.Success) return Assembly.Load(image.ToArray());
        Diagnostic error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        LinePosition at = error.Location.GetLineSpan().StartLinePosition;
        throw new PolicyFileException(string.Create(CultureInfo.InvariantCulture, $"{file}:{at.Line + 1}:{at.Character + 1}"),
            $"{error.GetMessage(CultureInfo.InvariantCulture)} ({error.Id})");
    }

    private static IEnumerable<MetadataReference> References()
    {
        string trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        return trusted.Split(Path.PathSeparator).Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path));
    }

    /// <summary>Its policies have names of their own, and are at their points what the policies that ship are there.</summary>
    private static void Check(string file, Assembly compiled, PolicyCatalogue others)
    {
        PolicyCatalogue own;
        try
        {
            own = new PolicyCatalogue(compiled);
        }
        catch (InvalidOperationException e)
        {
            throw new PolicyFileException(file, e.Message);
        }
        if (own.Entries.Count == 0)
            throw new PolicyFileException(file, "holds no policy; a policy implements IPolicy<TSelf, TOptions> and the interface of its point, as docs/adding-a-policy.md shows");
        foreach (PolicyEntry entry in own.Entries)
        {
            PolicyEntry[] there = [.. others.At(entry.Point)];
            if (there.Length == 0)
            {
                string suggestion = NearestName.Suggest(entry.Point, others.Entries.Select(other => other.Point).Distinct());
                throw new PolicyFileException(file, $"there is no policy point '{entry.Point}'; {suggestion}");
            }
            if (others.Find(entry.Point, entry.Name) is not null)
                throw new PolicyFileException(file, $"there is a {entry.Point} policy '{entry.Name}' already; give this one another Name");
            CheckContract(file, entry, there);
        }
    }

    private static void CheckContract(string file, PolicyEntry entry, PolicyEntry[] there)
    {
        Type example = there[0].Implementation;
        Type? missing = Array.Find(ContractsOf(there, problem => new PolicyFileException(file, problem)), contract => !contract.IsAssignableFrom(entry.Implementation));
        if (missing is not null) throw new PolicyFileException(file, $"{entry.Implementation.Name} is no {missing.Name}, which a policy at '{entry.Point}' must implement");
        if (entry.Implementation.IsValueType != example.IsValueType)
            throw new PolicyFileException(file, $"{entry.Implementation.Name} must be a {(example.IsValueType ? "struct" : "class")}, as all policies at '{entry.Point}' are");
    }
}
