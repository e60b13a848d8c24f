using System;

namespace Sim.Lab.Figures;

/// <summary>Chooses the ends of an axis from the extent of its data.</summary>
internal static class AxisDomain
{
    /// <summary>
    /// A horizontal axis gets a little air; a vertical one of positive data starts at zero unless all of them are far from it.
    /// </summary>
    public static (double Low, double High) Linear(DataRange range, bool isVertical)
    {
        if (range.IsEmpty)
        {
            return (0, 1);
        }

        var (low, high) = (range.Least, range.Greatest);
        if (high - low <= Math.Abs(high) * 1e-12)
        {
            return Constant(high);
        }

        bool startsAtZero = low >= 0 && low <= high * (isVertical ? 0.6 : 0.1);
        bool endsAtZero = isVertical && high <= 0 && high >= low * 0.6;
        if (isVertical)
        {
            return (startsAtZero ? 0 : low, endsAtZero ? 0 : high);
        }

        double air = (high - low) * 0.03;
        return (startsAtZero && low > 0 ? 0 : low - air, high + air);
    }

    /// <summary>Positive ends with a little air; a vertical axis goes on to the next power where that is near.</summary>
    public static (double Low, double High) Log(DataRange range, int radix, bool isVertical)
    {
        double low = Math.Log(range.LeastPositive, radix);
        double high = Math.Log(range.Greatest, radix);
        double span = high - low;
        if (span < 1e-9)
        {
            // One value stands in the middle, or at the end where zero stands at the beginning.
            return (Math.Pow(radix, low - 1), Math.Pow(radix, high + (range.HasZero ? 0.035 : 1)));
        }

        double air = span * 0.035;
        double reach = isVertical ? Math.Min(span * 0.2, 0.6) : 0;
        double floor = Math.Floor(low + 1e-9);
        double ceiling = Math.Ceiling(high - 1e-9);
        return (
            Math.Pow(radix, low - floor <= reach && isVertical ? floor : low - air),
            Math.Pow(radix, ceiling - high <= reach && isVertical ? ceiling : high + air));
    }

    private static (double Low, double High) Constant(double value) => value switch
    {
        0 => (0, 1),
        > 0 => (0, value * 1.25),
        _ => (value * 1.25, 0),
    };
}
