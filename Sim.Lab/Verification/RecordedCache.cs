using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sim.Lab.Verification;

/// <summary>One cache of a recorded /proc/slabinfo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Bytes from one object to the next.</param>
/// <param name="Objects">Objects in a slab.</param>
/// <param name="Pages">Pages of a slab.</param>
public sealed record RecordedCache(string Name, int Size, int Objects, int Pages)
{
    /// <summary>All caches of a file.</summary>
    public static IReadOnlyList<RecordedCache> Read(string file) => [.. File.ReadLines(file).Skip(2)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(row => new RecordedCache(row[0], int.Parse(row[3]), int.Parse(row[4]), int.Parse(row[5])))];
}
