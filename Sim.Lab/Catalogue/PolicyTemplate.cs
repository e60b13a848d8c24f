using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Sim.Core.Contracts;

namespace Sim.Lab.Catalogue;

/// <summary>What a new policy begins with: the source of one that ships, under the new one's name, to be used with --policy-file and changed.</summary>
/// <param name="TypeName">The type that implements it.</param>
/// <param name="Like">The policy that it is a copy of.</param>
/// <param name="Text">A C# file that compiles as it is.</param>
public sealed record PolicyTemplate(string TypeName, PolicyEntry Like, string Text)
{
    private const string Namespace = "MyPolicies";

    /// <summary>A copy under another name.</summary>
    /// <param name="catalogue">The policies that ship.</param>
    /// <param name="fullName">point/name: reclaim/mine.</param>
    /// <param name="like">The name of a policy at that point; the one with the shortest source, if null.</param>
    /// <exception cref="PolicyOptionException">The name is taken or none, or there is no such point or policy.</exception>
    public static PolicyTemplate Of(PolicyCatalogue catalogue, string fullName, string? like = null)
    {
        if (fullName.Split('/') is not [var point, var name] || !Regex.IsMatch(name, "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))
            throw new PolicyOptionException($"'{fullName}' is no name for a policy; write its point and a name in small letters: reclaim/mine, reclaim/my-clock");
        PolicyEntry[] there = PolicyFile.PlaceOf(catalogue, point, name);
        PolicyEntry copied = like is null ? there.MinBy(entry => SourceOf(entry).Length)! : PolicyChoice.Bind(catalogue, point, like, []).Entry;
        string type = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return new PolicyTemplate(type, copied, Rename(SourceOf(copied), copied, fullName, type));
    }

    private static string Rename(string source, PolicyEntry copied, string fullName, string type)
    {
        string own = copied.Implementation.Name, home = copied.Implementation.Namespace!;
        string text = Regex.Replace(source, $@"(?<![.\w]){own}(Options)?\b", type + "$1").Replace($"\"{copied.Point}/{copied.Name}\"", $"\"{fullName}\"", StringComparison.Ordinal)
            .Replace($"namespace {home};", $"namespace {Namespace};", StringComparison.Ordinal);
        // Where it lies it may use what lies beside it.
        int afterUsings = text.LastIndexOf("\nusing ", StringComparison.Ordinal) + 1;
        return text.Contains($"using {home};", StringComparison.Ordinal) ? text : text.Insert(afterUsings, $"using {home};\n");
    }

    private static string SourceOf(PolicyEntry entry)
    {
        string folder = entry.Implementation.Namespace!.Split('.')[^1];
        using Stream source = typeof(PolicyTemplate).Assembly.GetManifestResourceStream($"{folder}/{entry.Implementation.Name}")
            ?? throw new InvalidOperationException($"the source of {entry.Implementation} is not in a file of its name");
        using var reader = new StreamReader(source);
        return reader.ReadToEnd();
    }
}
