namespace Sim.Lab.Execution;

/// <summary>One policy with one number of frames over a trace.</summary>
/// <param name="Policy">The policy as it was given.</param>
/// <param name="Frames">Frames.</param>
/// <param name="References">References of the trace.</param>
/// <param name="Misses">References that found their page absent.</param>
public sealed record ReplayRow(string Policy, int Frames, long References, long Misses)
{
    /// <summary>Misses per reference.</summary>
    public double MissRatio => (double)Misses / References;
}
