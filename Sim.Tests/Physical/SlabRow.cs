using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sim.Lab.Verification;

namespace Sim.Tests.Physical;

/// <summary>One cache of the recorded /proc/slabinfo.</summary>
internal sealed record SlabRow(string Name, int Size, int Objects, int Pages)
{
    public static string File { get; } = Path.Combine(RecordedData.Find()!.Folder, "kernel", "raw", "slabinfo.txt");

    public static IReadOnlyList<SlabRow> All { get; } = [.. System.IO.File.ReadLines(File).Skip(2)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(row => new SlabRow(row[0], int.Parse(row[3]), int.Parse(row[4]), int.Parse(row[5])))];
}
