namespace Sim.Lab.Experiments;

/// <summary>How often each point is run.</summary>
/// <param name="Minimum">At least.</param>
/// <param name="Maximum">At most; the same where the number is fixed.</param>
/// <param name="Metric">The metric whose confidence interval decides, or null where the number is fixed.</param>
/// <param name="Relative">The half-width at which it is narrow enough, as a share of the mean.</param>
public sealed record ReplicationPlan(int Minimum, int Maximum, string? Metric, double Relative)
{
    /// <summary>Whether the number depends on what the runs yield.</summary>
    public bool IsPrecisionDriven => Metric is not null;
}
