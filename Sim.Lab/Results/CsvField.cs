using System;

namespace Sim.Lab.Results;

/// <summary>A field of comma-separated values, RFC 4180.</summary>
public static class CsvField
{
    /// <summary>The text, in quotes where it needs them.</summary>
    public static string Of(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
