namespace Sim.Benchmarks.Harness;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">What the numbers count: x yardstick.</param>
/// <param name="Target">The bound that the design sets; null where it sets none.</param>
/// <param name="Measured">Median, least and most of the rounds.</param>
/// <param name="IsAtMost">Whether the target is an upper bound.</param>
/// <param name="Remark">The absolute figure behind a ratio: 58 M refs/s.</param>
public sealed record Row(string What, string Unit, double? Target, Sample Measured, bool IsAtMost = false, string Remark = "")
{
    /// <summary>Whether the median keeps the target.</summary>
    public bool IsMet => Target is not { } bound || (IsAtMost ? Measured.Median <= bound : Measured.Median >= bound);
}
