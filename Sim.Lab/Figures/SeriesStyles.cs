using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Figures;

/// <summary>The looks of all series of one figure, or of all panels of a grid: one name, one look.</summary>
internal sealed class SeriesStyles
{
    private readonly Dictionary<string, SeriesStyle> _styles = [];

    public SeriesStyles(IEnumerable<Figure> figures)
    {
        Names = [.. figures.SelectMany(figure => figure.Series).Select(series => series.Name).Distinct()];
        for (int i = 0; i < Names.Count; i++)
        {
            _styles[Names[i]] = SeriesStyle.Of(i);
        }
    }

    /// <summary>The names in order of first appearance.</summary>
    public IReadOnlyList<string> Names { get; }

    public SeriesStyle this[string name] => _styles[name];
}
