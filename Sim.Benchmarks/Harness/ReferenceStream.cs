using System;
using System.Collections;
using System.Runtime.CompilerServices;

namespace Sim.Benchmarks.Harness;

/// <summary>A page-reference string in memory.</summary>
public sealed class ReferenceStream
{
    private const int BlockLength = 4096;

    /// <summary>A string whose references are all below <paramref name="bound"/>.</summary>
    public ReferenceStream(string name, uint[] pages, int bound)
    {
        Name = name;
        Pages = pages;
        Bound = bound;
        var seen = new BitArray(bound);
        foreach (uint page in pages)
        {
            if (seen[(int)page]) continue;
            seen[(int)page] = true;
            Touched++;
        }
    }

    /// <summary>As it stands in the table.</summary>
    public string Name { get; }

    /// <summary>The references.</summary>
    public uint[] Pages { get; }

    /// <summary>Every page number is below this.</summary>
    public int Bound { get; }

    /// <summary>Different pages.</summary>
    public int Touched { get; }

    /// <summary>A tenth of the pages touched.</summary>
    public int Frames => Touched / 10;

    /// <summary>
    /// Hands the references from <paramref name="from"/> up to <paramref name="to"/> out in blocks, as a run does. Optimised from the start:
    /// otherwise the loop under test is inlined into this one's on-stack replacement.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void InBlocks(int from, int to, Action<ReadOnlySpan<uint>> run)
    {
        for (; from < to; from += BlockLength) run(Pages.AsSpan(from, Math.Min(BlockLength, to - from)));
    }

    /// <summary>Misses of LRU with <see cref="Frames"/> frames, once something has counted them.</summary>
    public long? LruMisses { get; set; }
}
