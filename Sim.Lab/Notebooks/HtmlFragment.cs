namespace Sim.Lab.Notebooks;

/// <summary>Text that is HTML already; what <c>HTML(...)</c> returns to a cell.</summary>
internal sealed class HtmlFragment(string html) : IHtmlDisplay
{
    public string ToHtml() => html;

    public override string ToString() => html;
}
