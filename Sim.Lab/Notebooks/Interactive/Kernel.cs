using Sim.Lab.Notebooks;

namespace Microsoft.DotNet.Interactive;

/// <summary>The functions that every cell may call without a prefix.</summary>
public static class Kernel
{
    public static DisplayedValue display(object value, params string[] mimeTypes) => new(CellContext.Display(value, mimeTypes));

    public static object HTML(string content) => CellContext.Html(content);
}
