using System.IO;

namespace Sim.Lab.Notebooks;

/// <summary>Writes an <see cref="IHtmlDisplay"/> as HTML; called by .NET Interactive through reflection.</summary>
public sealed class HtmlDisplayFormatter
{
    /// <summary>The form that it writes.</summary>
    public string MimeType => "text/html";

    /// <summary>Writes a value; false where it has no HTML form, so that the next formatter is asked.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not IHtmlDisplay display)
        {
            return false;
        }

        writer.Write(display.ToHtml());
        return true;
    }
}
