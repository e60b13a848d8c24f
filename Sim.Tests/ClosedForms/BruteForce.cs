using System.Numerics;

namespace Sim.Tests.ClosedForms;

/// <summary>The same quantities by enumeration, for models of a few pages: slow, and too simple to be wrong.</summary>
internal static class BruteForce
{
    /// <summary>LRU: King's sum over the ordered C-tuples of most recently used pages, each times the chance of a miss.</summary>
    public static double King(double[] pages, int capacity) => King(pages, capacity, chosen: 0, mass: 0);

    private static double King(double[] pages, int left, uint chosen, double mass)
    {
        if (left == 0)
            return 1 - mass;
        double miss = 0;
        for (int i = 0; i < pages.Length; i++)
        {
            if ((chosen & (1u << i)) == 0)
                miss += pages[i] / (1 - mass) * King(pages, left - 1, chosen | (1u << i), mass + pages[i]);
        }
        return miss;
    }

    /// <summary>FIFO and RANDOM: each set of C pages weighted with the product of its probabilities.</summary>
    public static double ProductForm(double[] pages, int capacity)
    {
        double weights = 0, misses = 0;
        for (uint set = 0; set < 1u << pages.Length; set++)
        {
            if (BitOperations.PopCount(set) != capacity)
                continue;
            double weight = 1, outside = 0;
            for (int i = 0; i < pages.Length; i++)
            {
                if ((set & (1u << i)) != 0)
                    weight *= pages[i];
                else
                    outside += pages[i];
            }
            weights += weight;
            misses += weight * outside;
        }
        return misses / weights;
    }
}
