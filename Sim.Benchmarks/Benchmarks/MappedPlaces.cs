using System;
using Sim.Core.Engine;

namespace Sim.Benchmarks.Benchmarks;

/// <summary>
/// The same places for all: mapping i of an address space begins at page 4 i + 4, and the pages that come and go are those two further on. Several address spaces
/// share out the operations where one has fewer mappings than there are operations; each mapping is used once, in random order.
/// </summary>
internal static class MappedPlaces
{
    public static ulong PageOf(int mapping) => 4 * (ulong)mapping + 4;

    public static ulong FreePageOf(int mapping) => PageOf(mapping) + 2;

    /// <summary>How many address spaces it takes.</summary>
    public static int Spaces(int size, int operations) => Math.Max(1, operations / size);

    /// <summary>The mappings in the order in which they are used.</summary>
    public static int[] Order(int size)
    {
        var order = new int[size];
        for (int i = 0; i < size; i++) order[i] = i;
        var random = new RandomStream(7);
        for (int i = size - 1; i > 0; i--)
        {
            int other = (int)random.Below((ulong)i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }
}
