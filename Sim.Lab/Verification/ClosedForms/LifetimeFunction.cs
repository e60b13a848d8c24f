using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// The lifetime function L(x) = 1 / miss ratio: the mean number of references between faults in x pages.
/// L. A. Belady, C. J. Kuehner, "Dynamic space sharing in computer systems", CACM 12(5), 1969.
/// </summary>
public static class LifetimeFunction
{
    public static double FromMissRatio(double missRatio) => 1 / missRatio;

    /// <summary>
    /// The primary knee: argmax L(x) / x (P. J. Denning, IEEE TSE 6(1), 1980). Null where the maximum is at an end of the
    /// curve, so that it has no knee, as under the independent reference model. Points without a fault do not take part.
    /// </summary>
    /// <param name="memory">x, ascending, positive.</param>
    public static LifetimeKnee? Knee(ReadOnlySpan<double> memory, ReadOnlySpan<double> lifetime)
    {
        if (memory.Length != lifetime.Length)
            throw new ArgumentException($"A curve needs as many lifetimes as sizes, not {lifetime.Length} and {memory.Length}.");

        int best = -1, last = -1;
        for (int i = 0; i < memory.Length; i++)
        {
            if (!double.IsFinite(lifetime[i]))
                continue;
            last = i;
            if (best < 0 || lifetime[i] / memory[i] > lifetime[best] / memory[best])
                best = i;
        }
        return best <= 0 || best == last ? null : new LifetimeKnee(best, memory[best], lifetime[best]);
    }

    /// <summary>L(x) = a x^k, the convex part; k is 1.5 to 3 in programs (Belady and Kuehner 1969).</summary>
    public static double BeladyKuehner(double memory, double a, double k) => a * Math.Pow(memory, k);

    /// <summary>
    /// L(x) = 2 B / (1 + (d / x)^2), which saturates at 2 B and has passed half of it at x = d.
    /// D. D. Chamberlin, S. H. Fuller, L. Y. Liu, "An analysis of page allocation strategies for multiprogramming systems
    /// with virtual memory", IBM J. Res. Dev. 17(5), 1973.
    /// </summary>
    public static double ChamberlinFullerLiu(double memory, double b, double d) => 2 * b / (1 + d / memory * (d / memory));

    /// <summary>
    /// min(1, L / S): a processor cannot run more than L between faults that each keep the paging device busy for S. Beyond the
    /// load at which L = S the utilisation falls with every program that is let in.
    /// P. J. Denning, K. C. Kahn, J. Leroudier, D. Potier, R. Suri, "Optimal multiprogramming", Acta Informatica 7, 1976.
    /// </summary>
    /// <param name="swapService">S, in the unit of the lifetime.</param>
    public static double UtilisationBound(double lifetime, double swapService) => Math.Min(1, lifetime / swapService);
}
