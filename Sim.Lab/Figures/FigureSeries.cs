using System.Collections.Generic;

namespace Sim.Lab.Figures;

/// <summary>Points that belong together under one name. Colour, marker and dash follow from the series' place in its figure.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Its points, in any order: lines are drawn by ascending x.</param>
public sealed record FigureSeries(string Name, IReadOnlyList<FigurePoint> Points);
