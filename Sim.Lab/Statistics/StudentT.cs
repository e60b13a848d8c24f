using System;

namespace Sim.Lab.Statistics;

/// <summary>
/// Quantiles and tail probabilities of Student's t.
/// One and two degrees of freedom have closed forms and use them: the library searches within +-800,
/// and with one degree of freedom the 99.99 % interval already reaches 6366.
/// </summary>
public static class StudentT
{
    /// <summary>The t that a two-sided interval of this level needs: Pr[|T| &lt;= t] = level.</summary>
    public static double TwoSidedQuantile(double level, int degreesOfFreedom)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies strictly between 0 and 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);

        return degreesOfFreedom switch
        {
            1 => Math.Tan(Math.PI * level / 2),
            2 => level * Math.Sqrt(2 / (1 - level * level)),
            _ => MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degreesOfFreedom, (1 + level) / 2),
        };
    }

    /// <summary>Pr[|T| >= |t|]: the p-value of a two-sided test.</summary>
    public static double TwoSidedTail(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        if (double.IsNaN(t))
            return double.NaN;
        return double.IsInfinity(t) ? 0 : 2 * MathNet.Numerics.Distributions.StudentT.CDF(0, 1, degreesOfFreedom, -Math.Abs(t));
    }
}
