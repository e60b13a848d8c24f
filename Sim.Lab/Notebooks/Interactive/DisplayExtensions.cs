using Microsoft.DotNet.Interactive;
using Sim.Lab.Notebooks;

namespace System;

/// <summary>Display as a suffix.</summary>
public static class DisplayExtensions
{
    public static DisplayedValue Display(this object value, params string[] mimeTypes) => new(CellContext.Display(value, mimeTypes));

    public static DisplayedValue DisplayAs(this string value, string mimeType) => new(CellContext.DisplayAs(value, mimeType));
}
