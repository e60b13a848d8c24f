using System;
using System.Numerics;

namespace Sim.Lab.Verification.ClosedForms;

/// <summary>
/// Poisson arrivals at c equal servers, first come first served: mean waiting times, service excluded. Infinite where the
/// arrivals are more than the servers bear.
/// </summary>
public static class MultiServerQueue
{
    private const int MostIterations = 100_000;

    /// <summary>Exponential service: Wq = C(c, lambda S) S / (c (1 - rho)), with Erlang's C.</summary>
    public static double WaitingTimeMMc(int servers, double arrivalRate, double meanService)
    {
        double load = arrivalRate * meanService, utilisation = Utilisation(servers, load);
        return utilisation >= 1
            ? double.PositiveInfinity
            : Erlang.Delay(servers, load) * meanService / (servers * (1 - utilisation));
    }

    /// <summary>
    /// Constant service, exactly. Between t and t + S all who were in service leave and a Poisson number comes, so
    /// the generating function of the number present is known up to the c - 1 roots in the unit disc of z^c = e^(c rho (z - 1)), and
    /// <code>lambda Wq = ((c rho)^2 - c (c - 1)) / (2 c (1 - rho)) + sum over the roots of 1 / (1 - z_j).</code>
    /// C. D. Crommelin, "Delay probability formulae when the holding times are constant", P.O. Electrical Engineers' J. 25, 1932.
    /// </summary>
    public static double WaitingTimeMDc(int servers, double arrivalRate, double service)
    {
        double load = arrivalRate * service, utilisation = Utilisation(servers, load);
        if (utilisation >= 1)
            return double.PositiveInfinity;
        if (arrivalRate == 0)
            return 0;

        double length = (load * load - servers * (servers - 1.0)) / (2 * (servers - load));
        for (int j = 1; j < servers; j++)
            length += (1 / (1 - Root(Complex.FromPolarCoordinates(1, 2 * Math.PI * j / servers), utilisation))).Real;
        return length / arrivalRate;
    }

    /// <summary>z = omega e^(rho (z - 1)) for omega a c-th root of unity: a contraction of the unit disc, since rho is below one.</summary>
    private static Complex Root(Complex omega, double utilisation)
    {
        Complex root = Complex.Zero, previous;
        int iteration = 0;
        do
        {
            previous = root;
            root = omega * Complex.Exp(utilisation * (root - 1));
        }
        while (Complex.Abs(root - previous) > 1e-16 && ++iteration < MostIterations);
        return root;
    }

    private static double Utilisation(int servers, double load)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(load);
        return load / servers;
    }
}
