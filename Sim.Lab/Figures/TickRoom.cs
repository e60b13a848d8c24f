using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>Decides how many labels an axis has room for.</summary>
internal static class TickRoom
{
    /// <summary>Type size of tick labels.</summary>
    public const double FontSize = 12;

    private const double HorizontalGap = 12;
    private const double VerticalGap = 8;

    /// <summary>How many labels to try first. Powers may stand closer than differences: fewer of them would be gaps, not calm.</summary>
    public static int MostTicks(double length, bool isVertical, bool isLog) =>
        Math.Clamp((int)(length / (!isVertical ? 50 : isLog ? 28 : 42)), 2, 12);

    /// <summary>Whether no two neighbouring labels would touch.</summary>
    public static bool Fits(AxisModel axis, IReadOnlyList<Tick> ticks, double length, bool isVertical)
    {
        double end = double.NegativeInfinity;
        foreach (var tick in ticks.Where(tick => tick.IsMajor).OrderBy(tick => axis.Position(tick.Value)))
        {
            double extent = isVertical ? FontSize : TextMetrics.Width(tick.Label, FontSize);
            double centre = axis.Position(tick.Value) * length;
            if (centre - (extent / 2) < end + (isVertical ? VerticalGap : HorizontalGap))
            {
                return false;
            }

            end = centre + (extent / 2);
        }

        return true;
    }
}
