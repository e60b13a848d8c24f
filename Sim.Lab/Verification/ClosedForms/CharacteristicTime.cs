using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// The time T at which an expected occupancy, growing with T, equals the capacity. Found by bisection on ln T: some sixty
/// evaluations whatever the popularity, where Newton's steps crawl under a steep one.
/// </summary>
internal static class CharacteristicTime
{
    /// <summary>Sum over i of 1 - e^(-p_i T) = C: the expected number of distinct pages in a window of T.</summary>
    public static double OfLru(double[] probabilities, double capacity) =>
        Solve(probabilities, capacity, static x => 1 - Math.Exp(-x));

    /// <summary>Sum over i of p_i T / (1 + p_i T) = C.</summary>
    public static double OfFifo(double[] probabilities, double capacity) =>
        Solve(probabilities, capacity, static x => x / (1 + x));

    private static double Solve(double[] probabilities, double capacity, Func<double, double> residence)
    {
        // Neither residence exceeds x, so the occupancy at T = C is at most C.
        double low = Math.Log(capacity), high = low + 1;
        while (Occupancy(Math.Exp(high)) < capacity)
            (low, high) = (high, high + 1);

        while (true)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                return Math.Exp(middle);
            if (Occupancy(Math.Exp(middle)) < capacity)
                low = middle;
            else
                high = middle;
        }

        double Occupancy(double time)
        {
            double sum = 0;
            foreach (double p in probabilities)
                sum += residence(p * time);
            return sum;
        }
    }
}
