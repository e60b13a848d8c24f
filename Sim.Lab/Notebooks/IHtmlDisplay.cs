namespace Sim.Lab.Notebooks;

/// <summary>
/// A value that knows its HTML form. As the value of a notebook cell, or given to <c>display</c>, it is shown in that form, both
/// in the headless runner and, if its type carries <see cref="TypeFormatterSourceAttribute"/>, in Polyglot Notebooks.
/// </summary>
public interface IHtmlDisplay
{
    /// <summary>A fragment of HTML (inline SVG included) that depends on nothing outside itself.</summary>
    string ToHtml();
}
