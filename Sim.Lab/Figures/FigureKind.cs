namespace Sim.Lab.Figures;

/// <summary>How a figure draws its series.</summary>
public enum FigureKind
{
    /// <summary>Bars over a category axis, lines over any other.</summary>
    Automatic,

    /// <summary>Lines with markers; the interval of each point becomes a band.</summary>
    Lines,

    /// <summary>Grouped bars; the interval of each point becomes a whisker. Needs a category axis, else lines are drawn.</summary>
    Bars,
}
