using System;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Erlang's loss and delay formulas for c servers and an offered load a = lambda S, by the recursion
/// <code>B(0) = 1, B(c) = a B(c-1) / (c + a B(c-1)),   C = B / (1 - rho (1 - B)), rho = a / c,</code>
/// which needs no factorials. A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
/// automatic telephone exchanges", 1917.
/// </summary>
public static class Erlang
{
    /// <summary>B: the probability that all servers are busy, where those who find them so go away.</summary>
    public static double Loss(int servers, double offeredLoad)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(servers);
        ArgumentOutOfRangeException.ThrowIfNegative(offeredLoad);
        double loss = 1;
        for (int c = 1; c <= servers; c++)
            loss = offeredLoad * loss / (c + offeredLoad * loss);
        return loss;
    }

    /// <summary>C: the probability of having to wait, where all do wait. One where the load is more than the servers bear.</summary>
    public static double Delay(int servers, double offeredLoad)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        double utilisation = offeredLoad / servers, loss = Loss(servers, offeredLoad);
        return utilisation >= 1 ? 1 : loss / (1 - utilisation * (1 - loss));
    }
}
