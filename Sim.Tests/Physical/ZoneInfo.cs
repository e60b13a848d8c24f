using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Sim.Lab.Verification;

namespace Sim.Tests.Physical;

/// <summary>What the recorded /proc/zoneinfo says of each zone, DMA first.</summary>
internal static class ZoneInfo
{
    private static readonly string _text = File.ReadAllText(Path.Combine(RecordedData.Find()!.Folder, "kernel", "raw", "zoneinfo.txt"));

    public static IReadOnlyList<long> Managed => All("managed");

    /// <summary>A number of each zone, the first of its name.</summary>
    public static IReadOnlyList<long> All(string name) =>
        [.. Zones().Select(zone => Regex.Match(zone, $@"^\s+{name}:?\s+(\d+)", RegexOptions.Multiline)).Select(match => match.Success ? long.Parse(match.Groups[1].Value) : -1)];

    public static IReadOnlyList<long[]> Protection =>
        [.. Zones().Select(zone => Regex.Match(zone, @"protection: \((.*)\)").Groups[1].Value.Split(", ").Select(long.Parse).ToArray())];

    private static string[] Zones() => Regex.Split(_text, @"^Node \d+, zone", RegexOptions.Multiline)[1..];
}
