using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// What is left of memory after a buddy system has rounded requests up to powers of two: E[size] / E[rounded size].
/// J. L. Peterson, T. A. Norman, "Buddy systems", CACM 20(6), 1977.
/// </summary>
public static class BuddyUtilisation
{
    /// <summary>Sizes whose logarithm is uniform over whole octaves: 1 / (2 ln 2) = 0.7213.</summary>
    public static readonly double LogUniform = 1 / (2 * Math.Log(2));

    /// <summary>Sizes uniform over 1, 2, .. 2^n pages, exactly: sum of sizes 2^n (2^n + 1) / 2, rounded 1 + 2 (4^n - 1) / 3.</summary>
    public static double Uniform(int highestOrder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(highestOrder);
        double largest = Math.ScaleB(1, highestOrder);
        return largest * (largest + 1) / 2 / (1 + 2 * (largest * largest - 1) / 3);
    }

    /// <summary>Sizes of any distribution: element i is the weight of size i + 1.</summary>
    public static double Of(ReadOnlySpan<double> weights)
    {
        double asked = 0, given = 0, rounded = 1;
        for (int i = 0; i < weights.Length; i++)
        {
            int size = i + 1;
            if (size > rounded)
                rounded *= 2;
            asked += weights[i] * size;
            given += weights[i] * rounded;
        }
        return asked / given;
    }
}
