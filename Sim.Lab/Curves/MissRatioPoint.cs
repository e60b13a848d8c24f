namespace Sim.Lab.Curves;

/// <summary>LRU with one number of frames.</summary>
/// <param name="Frames">Frames.</param>
/// <param name="Misses">Misses over the trace; an estimate where the trace was sampled.</param>
/// <param name="MissRatio">Misses per reference.</param>
/// <param name="Low">The miss ratio is not below this, at the stated confidence; the ratio itself where it is exact.</param>
/// <param name="High">The miss ratio is not above this.</param>
public readonly record struct MissRatioPoint(long Frames, double Misses, double MissRatio, double Low, double High)
{
    /// <summary>L, references from one fault to the next.</summary>
    public double Lifetime => 1 / MissRatio;
}
