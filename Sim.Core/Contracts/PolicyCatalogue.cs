using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Sim.Core.Contracts;

/// <summary>
/// Every policy that some assemblies implement, found by its <see cref="IPolicy{TSelf,TOptions}"/>. There is no list to keep.
/// </summary>
public sealed class PolicyCatalogue
{
    private readonly PolicyEntry[] _entries;

    /// <summary>Scans <paramref name="assemblies"/>. Throws where two policies bear one name.</summary>
    public PolicyCatalogue(params IEnumerable<Assembly> assemblies)
        : this(assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(Describe))
    {
    }

    private PolicyCatalogue(IEnumerable<PolicyEntry> entries)
    {
        _entries = entries.OrderBy(entry => entry.Point, StringComparer.Ordinal).ThenBy(entry => entry.Name, StringComparer.Ordinal).ToArray();
        foreach (var pair in _entries.Zip(_entries.Skip(1)))
        {
            if (pair.First.Point == pair.Second.Point && pair.First.Name == pair.Second.Name)
                throw new InvalidOperationException(
                    $"{pair.First.Implementation} and {pair.Second.Implementation} are both named {pair.First.Point}/{pair.First.Name}");
        }
    }

    /// <summary>All entries, by point, then name.</summary>
    public IReadOnlyList<PolicyEntry> Entries => _entries;

    /// <summary>The entries of one policy point, by name.</summary>
    public IEnumerable<PolicyEntry> At(string point) => _entries.Where(entry => entry.Point == point);

    /// <summary>The entry, or null.</summary>
    public PolicyEntry? Find(string point, string name) =>
        Array.Find(_entries, entry => entry.Point == point && entry.Name == name);

    /// <summary>The entries of this catalogue and those of another. Throws where two policies bear one name.</summary>
    public PolicyCatalogue With(PolicyCatalogue others) => new(_entries.Concat(others._entries));

    private static IEnumerable<PolicyEntry> Describe(Type type)
    {
        if (type.IsAbstract || type.ContainsGenericParameters) yield break;
        foreach (Type contract in type.GetInterfaces())
        {
            if (!contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(IPolicy<,>)) continue;
            Type[] arguments = contract.GetGenericArguments();
            var name = type.GetProperty("Name", BindingFlags.Public | BindingFlags.Static)
                ?? throw new InvalidOperationException($"{type}: a policy's Name and Create are public members of its own");
            string fullName = (string)name.GetValue(null)!;
            int slash = fullName.IndexOf('/');
            if (slash < 1) throw new InvalidOperationException($"{type}: a policy's name is point/name, not '{fullName}'");
            var paper = type.GetCustomAttribute<PaperAttribute>()
                ?? throw new InvalidOperationException($"{type}: a policy carries a Paper attribute");
            yield return new PolicyEntry(fullName[..slash], fullName[(slash + 1)..], type, arguments[1],
                paper.Mechanism, paper.Reference, OptionDescription.Of(arguments[1]));
        }
    }
}
