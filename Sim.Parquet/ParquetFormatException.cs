using System;
using System.Text;

namespace Sim.Parquet;

/// <summary>A file is damaged, or uses a part of the format outside the flat subset. The message is one line and names the byte.</summary>
public sealed class ParquetFormatException : Exception
{
    private const int LongestQuote = 60;

    /// <param name="what">What is wrong, without the place.</param>
    /// <param name="offset">The byte of the file at which it showed; for the inside of a compressed page, where the page begins.</param>
    /// <param name="inner">What the decompressor said, if it was the one to complain.</param>
    public ParquetFormatException(string what, long offset, Exception? inner = null)
        : base($"{what} at byte {offset}", inner) => Offset = offset;

    /// <summary>The byte of the file that the message names.</summary>
    public long Offset { get; }

    /// <summary>Text from a file, made safe for a one-line message.</summary>
    internal static string Quote(string text)
    {
        StringBuilder quoted = new("'");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, LongestQuote))) quoted.Append(char.IsControl(c) ? '?' : c);
        return quoted.Append(text.Length > LongestQuote ? "...'" : "'").ToString();
    }
}
