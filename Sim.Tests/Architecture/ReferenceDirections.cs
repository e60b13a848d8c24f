using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Shouldly;
using Sim.Core.Machines;
using Xunit;

namespace Sim.Tests.Architecture;

/// <summary>Who may name whom: between assemblies, and between the folders of Sim.Core.</summary>
public sealed class ReferenceDirections
{
    /// <summary>A folder of Sim.Core names only folders above it here.</summary>
    private static readonly string[] CoreFolders =
        ["Units", "Metrics", "Contracts", "Engine", "Physical", "Hardware", "AddressSpaces", "Reclaim", "Faults", "Processes", "Machines"];

    public static TheoryData<string, string[]> Assemblies => new()
    {
        { "Sim.Core", [] },
        { "Sim.Parquet", [] },
        { "Sim.Policies", ["Sim.Core"] },
        { "Sim.Workloads", ["Sim.Core"] },
        { "Sim.Lab", ["Sim.Core", "Sim.Parquet", "Sim.Policies", "Sim.Workloads"] },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void AnAssemblyReferencesOnlyThoseThatItMay(string name, string[] allowed)
    {
        AssemblyName[] references = Assembly.Load(name).GetReferencedAssemblies();
        references.Select(reference => reference.Name!).Where(reference => reference.StartsWith("Sim.", StringComparison.Ordinal)).ShouldBeSubsetOf(allowed);
        if (name != "Sim.Lab") references.ShouldAllBe(reference => IsOfTheFramework(reference.Name!) || reference.Name!.StartsWith("Sim."));
    }

    [Fact]
    public void MathNetIsNamedInTheLabAlone()
    {
        foreach (string name in new[] { "Sim.Core", "Sim.Policies", "Sim.Workloads", "Sim.Parquet", "sim" })
            Assembly.Load(name).GetReferencedAssemblies().ShouldNotContain(reference => reference.Name == "MathNet.Numerics", name);
        Assembly.Load("Sim.Lab").GetReferencedAssemblies().ShouldContain(reference => reference.Name == "MathNet.Numerics");
    }

    [Fact]
    public void AFolderOfTheCoreNamesOnlyFoldersAboveIt()
    {
        var offences = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Type type in typeof(Machine).Assembly.GetTypes())
        {
            int own = FolderOf(type);
            if (own < 0) continue;
            foreach (Type named in NamedTypes.Of(type))
            {
                if (FolderOf(named) > own) offences.Add($"{type.FullName} names {named.FullName}");
            }
        }
        offences.ShouldBeEmpty();
    }

    [Fact]
    public void EveryFolderOfTheCoreHasItsPlace() => typeof(Machine).Assembly.GetTypes()
        .Where(type => type.Namespace is { } space && space.StartsWith("Sim.Core.", StringComparison.Ordinal))
        .Select(type => type.Namespace!.Split('.')[2]).Distinct().ShouldBeSubsetOf(CoreFolders);

    private static int FolderOf(Type type) =>
        type.Namespace is { } space && space.StartsWith("Sim.Core.", StringComparison.Ordinal) ? Array.IndexOf(CoreFolders, space.Split('.')[2]) : -1;

    private static bool IsOfTheFramework(string name) => name.StartsWith("System", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";
}
