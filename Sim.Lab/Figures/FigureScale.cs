namespace Sim.Lab.Figures;

/// <summary>How an axis spaces its values. A logarithmic axis that meets data it cannot hold says so in a note under the figure.</summary>
public enum FigureScale
{
    /// <summary>Equal distances are equal differences.</summary>
    Linear,

    /// <summary>Equal distances are equal ratios; ticks at powers of two.</summary>
    Log2,

    /// <summary>Equal distances are equal ratios; ticks at powers of ten.</summary>
    Log10,
}
