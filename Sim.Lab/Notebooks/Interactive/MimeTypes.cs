namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Names the media type of HTML.</summary>
public static class HtmlFormatter
{
    public const string MimeType = "text/html";
}

/// <summary>Names the media type of plain text.</summary>
public static class PlainTextFormatter
{
    public const string MimeType = "text/plain";
}
