using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// The lifetime function L(x) = 1 / miss ratio: the mean number of references between faults in x pages.
/// L. A. Belady, C. J. Kuehner, "Dynamic space sharing in computer systems", CACM 12(5), 1969.
/// </summary>
public static class LifetimeFunction
{
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
}
