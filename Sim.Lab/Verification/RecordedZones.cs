using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Sim.Lab.Verification;

/// <summary>What a recorded /proc/zoneinfo says of each zone, DMA first.</summary>
public sealed class RecordedZones(string file)
{
    private readonly string[] _zones = Regex.Split(File.ReadAllText(file), @"^Node \d+, zone", RegexOptions.Multiline)[1..];

    /// <summary>Frames of each zone.</summary>
    public IReadOnlyList<long> Managed => All("managed");

    /// <summary>The reserves of each zone.</summary>
    public IReadOnlyList<long[]> Protection =>
        [.. _zones.Select(zone => Regex.Match(zone, @"protection: \((.*)\)").Groups[1].Value.Split(", ").Select(long.Parse).ToArray())];

    /// <summary>The first number of a name in each zone that has it.</summary>
    public IReadOnlyList<long> All(string name) =>
        [.. _zones.Select(zone => Regex.Match(zone, $@"^\s+{name}:?\s+(\d+)", RegexOptions.Multiline)).Where(match => match.Success).Select(match => long.Parse(match.Groups[1].Value))];
}
