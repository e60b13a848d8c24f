using System;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic.Sampling;

/// <summary>Uniform permutations: R. Durstenfeld, Algorithm 235, CACM 7(7), 1964, after Fisher and Yates, 1938.</summary>
public static class Shuffle
{
    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order.</summary>
    public static uint[] Permutation(int count, ulong seed)
    {
        var items = new uint[count];
        for (int i = 0; i < count; i++) items[i] = (uint)i;
        var random = new RandomStream(seed);
        Apply(items, ref random);
        return items;
    }

    /// <summary>Puts the items in random order.</summary>
    public static void Apply(Span<uint> items, ref RandomStream random)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = (int)random.Below((ulong)(i + 1));
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
