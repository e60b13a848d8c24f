namespace Sim.Lab.Notebooks;

/// <summary>A value in the form of one media type.</summary>
internal readonly record struct MimeText(string MimeType, string Text)
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";
}
