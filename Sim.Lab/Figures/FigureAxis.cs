namespace Sim.Lab.Figures;

/// <summary>One axis: what it measures, in what, and how it is spaced.</summary>
/// <param name="Title">What is measured, without its unit.</param>
/// <param name="Format">What the numbers are.</param>
/// <param name="Scale">How they are spaced; ignored by a category axis.</param>
/// <param name="Unit">A unit for the title. Byte, time and percent axes bring their own and need none.</param>
public sealed record FigureAxis(
    string Title,
    FigureFormat Format = FigureFormat.Number,
    FigureScale Scale = FigureScale.Linear,
    string? Unit = null)
{
    internal string TitleWith(string? unit) => (Unit ?? unit) is { Length: > 0 } shown ? $"{Title} ({shown})" : Title;
}
