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

namespace Sim.Lab.Catalogue;

/// <summary>
/// Policies that live outside of the repository: C# files like those of Sim.Policies, compiled when a command starts. They may use what the program
/// is made of. An assembly made of one bears the hash of its text, by which runs are told apart.
/// </summary>
public static class PolicyFile
{
    private const string AssemblyPrefix = "policy-file-";

    /// <summary>The policies that ship, and those of some files. Throws a <see cref="PolicyFileException"/> at the first file that cannot be used.</summary>
    public static PolicyCatalogue AddTo(PolicyCatalogue shipped, IReadOnlyList<string> files)
    {
        PolicyCatalogue catalogue = shipped;
        foreach (string file in files) catalogue = catalogue.With(Read(file, catalogue));
        return catalogue;
    }

    /// <summary>The hash of the file that a policy comes from; null for those that ship.</summary>
    internal static string? HashOf(PolicyEntry entry)
    {
        string assembly = entry.Implementation.Assembly.GetName().Name!;
        return assembly.StartsWith(AssemblyPrefix, StringComparison.Ordinal) ? assembly[AssemblyPrefix.Length..] : null;
    }

    /// <summary>The policies beside which a new one is to stand. Throws a <see cref="PolicyOptionException"/> where it cannot.</summary>
    internal static PolicyEntry[] PlaceOf(PolicyCatalogue others, string point, string name)
    {
        PolicyEntry[] there = [.. others.At(point)];
        if (there.Length == 0)
            throw new PolicyOptionException($"there is no policy point '{point}'; {NearestName.Suggest(point, others.Entries.Select(entry => entry.Point).Distinct())}");
        if (ContractsOf(there).Length == 0) throw new PolicyOptionException($"the policies at '{point}' are built in; none can be added");
        if (others.Find(point, name) is not null) throw new PolicyOptionException($"there is a {point} policy '{name}' already; give this one another Name");
        return there;
    }

    /// <summary>What all policies of a point implement; nothing where the point is no matter of code.</summary>
    private static Type[] ContractsOf(PolicyEntry[] there) => [.. there[0].Implementation.GetInterfaces()
        .Where(contract => !contract.IsGenericType && there.All(other => contract.IsAssignableFrom(other.Implementation)))];

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
            [CSharpSyntaxTree.ParseText(text, path: Path.GetFullPath(file))], LoadableAssemblies.All, options);
        using var image = new MemoryStream();
        // With the lines in it, so that an exception in the policy says where.
        EmitResult result = compilation.Emit(image, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        if (result.Success) return Assembly.Load(image.ToArray());
        Diagnostic error = result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        LinePosition at = error.Location.GetLineSpan().StartLinePosition;
        throw new PolicyFileException(string.Create(CultureInfo.InvariantCulture, $"{file}:{at.Line + 1}:{at.Character + 1}"),
            $"{error.GetMessage(CultureInfo.InvariantCulture)} ({error.Id})");
    }

    /// <summary>A file's policies, which have names of their own and are at their points what the others are there.</summary>
    private static PolicyCatalogue Read(string file, PolicyCatalogue others)
    {
        Assembly compiled = Compile(file);
        try
        {
            var own = new PolicyCatalogue(compiled);
            if (own.Entries.Count == 0)
                throw new PolicyOptionException("holds no policy; a policy implements IPolicy<TSelf, TOptions> and the interface of its point, as docs/adding-a-policy.md shows");
            foreach (PolicyEntry entry in own.Entries) CheckContract(entry, PlaceOf(others, entry.Point, entry.Name));
            return own;
        }
        catch (Exception e) when (e is InvalidOperationException or PolicyOptionException)
        {
            throw new PolicyFileException(file, e.Message);
        }
    }

    private static void CheckContract(PolicyEntry entry, PolicyEntry[] there)
    {
        string name = entry.Implementation.Name;
        Type? missing = Array.Find(ContractsOf(there), contract => !contract.IsAssignableFrom(entry.Implementation));
        if (missing is not null) throw new PolicyOptionException($"{name} is no {missing.Name}, which a policy at '{entry.Point}' must implement");
        bool isStruct = there[0].Implementation.IsValueType;
        if (entry.Implementation.IsValueType != isStruct)
            throw new PolicyOptionException($"{name} must be a {(isStruct ? "struct" : "class")}, as all policies at '{entry.Point}' are");
    }
}
