using System;
using System.Linq;

namespace Sim.Lab.Notebooks;

/// <summary>
/// Where <c>display</c> and its kin end. They are static in .NET Interactive and so must be here; <see cref="NotebookRunner"/> runs one
/// notebook at a time in a process.
/// </summary>
internal static class CellContext
{
    /// <summary>The outputs of the running cell; null between cells.</summary>
    public static CellOutputs? Outputs { get; set; }

    /// <summary>The formatters of the running notebook.</summary>
    public static DisplayFormatter Formatter { get; set; } = new();

    /// <summary>Shows a value and returns what changes it later.</summary>
    public static Action<object?> Display(object? value, string[] mimeTypes)
    {
        if (Outputs is not { } outputs)
        {
            return _ => { };
        }

        string? mimeType = mimeTypes.FirstOrDefault();
        int index = outputs.Display(Formatter.Format(value, mimeType));
        return changed => outputs.Replace(index, Formatter.Format(changed, mimeType));
    }

    /// <summary>Shows text that has the form of a media type already.</summary>
    public static Action<object?> DisplayAs(string value, string mimeType)
    {
        if (Outputs is not { } outputs)
        {
            return _ => { };
        }

        int index = outputs.Display(new MimeText(mimeType, value));
        return changed => outputs.Replace(index, new MimeText(mimeType, changed?.ToString() ?? ""));
    }

    public static object Html(string html) => new HtmlFragment(html);
}
