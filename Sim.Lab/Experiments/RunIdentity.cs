using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Sim.Core.Contracts;
using Sim.Lab.Catalogue;
using Sim.Lab.Experiments.Binding;
using Sim.Lab.Experiments.Documents;

namespace Sim.Lab.Experiments;

/// <summary>
/// What makes two runs the same run: their configuration, the content of the traces, seed, replication and model. A study's name, description,
/// figures, comments and the order of its keys are no part of it, nor is whether a value came from a sweep.
/// </summary>
internal static class RunIdentity
{
    private const string Policies = "policies";

    /// <summary>The sections of a study that decide a run, in the order in which its configuration has them: another order makes other identities.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["machine", "files", Policies, "workload", "warmup", "record-faults", "snapshots"];

    /// <summary>The configuration of a document whose swept values are filled in, as one text.</summary>
    public static string ConfigurationOf(MapNode root, BoundRun bound)
    {
        var text = new StringBuilder();
        // Of policies it is the choices that count, those which the study leaves open too, and not how they are written.
        foreach (string section in Sections)
        {
            if (section != Policies && root.Find(section) is { } entry) text.Append(section).Append(": ").Append(NodeText.Canonical(entry.Value)).Append('\n');
        }
        foreach (var (point, policy) in bound.Policies.OrderBy(pair => pair.Key, StringComparer.Ordinal)) text.Append(point).Append(": ").Append(policy.Choice).Append(OriginOf(policy.Choice)).Append('\n');
        IEnumerable<string> traces = bound.Processes.SelectMany(process => process.TraceHashes);
        return text.Append("traces: ").AppendJoin(' ', traces).Append('\n').ToString();
    }

    private static string OriginOf(PolicyChoice policy) => PolicyFile.HashOf(policy.Entry) is { } hash ? " of " + hash : "";

    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(string configuration, long seed, int replication)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"model {ModelVersion.Current}\nseed {seed}\nreplication {replication}\n{configuration}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
