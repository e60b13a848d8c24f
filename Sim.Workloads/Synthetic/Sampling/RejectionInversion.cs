using System;
using Sim.Core.Engine;

namespace Sim.Workloads.Synthetic.Sampling;

/// <summary>
/// Draws ranks k = 1..n with probability in proportion to (k + q)^-alpha, with no table: W. Hoermann and G. Derflinger,
/// Rejection-inversion to generate variates from monotone discrete distributions, ACM TOMACS 6(3), 1996.
/// H is the integral of h(x) = (x + q)^-alpha, a histogram above h whose inverse is drawn from; hardly any draw is rejected.
/// </summary>
public readonly struct RejectionInversion
{
    private const double Tiny = 1e-4; // below this the series are exact to the last digits, above it the differences lose four of them
    private readonly double _alpha, _shift, _items, _low, _high, _squeeze;

    /// <summary>A sampler of <paramref name="items"/> ranks with the given exponent alpha and shift q.</summary>
    public RejectionInversion(long items, double alpha, double shift)
    {
        _alpha = alpha;
        _shift = shift;
        _items = items;
        _high = Integral(1.5) - Height(1);
        _low = Integral(items + 0.5);
        _squeeze = 2 - Inverse(Integral(2.5) - Height(2));
    }

    /// <summary>The next rank, from 1.</summary>
    public long Sample(ref RandomStream random)
    {
        while (true)
        {
            double area = _low + (random.NextDouble() * (_high - _low));
            double x = Inverse(area);
            double rank = Math.Clamp(Math.Floor(x + 0.5), 1, _items);
            if (rank - x <= _squeeze || area >= Integral(rank + 0.5) - Height(rank)) return (long)rank;
        }
    }

    // Everything is in units of the first rank, y = (x + q) / (1 + q): with a large shift the bare powers would cancel out.
    private double Height(double x) => Math.Exp(-_alpha * Log(x));

    // (1 + q) (y^(1 - alpha) - 1) / (1 - alpha), which tends to (1 + q) log y at alpha = 1.
    private double Integral(double x)
    {
        double log = Log(x);
        double power = (1 - _alpha) * log;
        double slope = Math.Abs(power) > Tiny ? (Math.Exp(power) - 1) / power : 1 + (power * (0.5 + (power * ((1.0 / 6) + (power / 24)))));
        return (1 + _shift) * log * slope;
    }

    private double Inverse(double area)
    {
        double scaled = area / (1 + _shift);
        double product = Math.Max(scaled * (1 - _alpha), -1);
        double slope = Math.Abs(product) > Tiny ? Math.Log(1 + product) / product : 1 - (product * (0.5 - (product * ((1.0 / 3) - (product / 4)))));
        return (Math.Exp(scaled * slope) * (1 + _shift)) - _shift;
    }

    private double Log(double x) => Math.Log((x + _shift) / (1 + _shift));
}
