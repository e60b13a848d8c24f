namespace Sim.Lab.Experiments;

/// <summary>A figure as a study asks for it.</summary>
/// <param name="X">A parameter's path: machine.memory.</param>
/// <param name="Y">A metric's name: fault_rate.</param>
/// <param name="Series">The parameter that makes the lines, or null for one line.</param>
/// <param name="Facet">The parameter that makes small multiples, or null.</param>
/// <param name="Title">The title, or null for one made of the rest.</param>
/// <param name="XScale">linear, log2, log10, or null for what the values suggest.</param>
/// <param name="YScale">The same for y.</param>
public sealed record FigureSpec(string X, string Y, string? Series, string? Facet, string? Title, string? XScale, string? YScale);
