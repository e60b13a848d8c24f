namespace Sim.Lab.Curves;

/// <summary>The working set of one window.</summary>
/// <param name="Window">tau, in references.</param>
/// <param name="MeanSize">s(tau), in pages.</param>
/// <param name="MissRatio">m(tau).</param>
public readonly record struct WorkingSetPoint(long Window, double MeanSize, double MissRatio)
{
    /// <summary>References from one fault to the next.</summary>
    public double Lifetime => 1 / MissRatio;
}
