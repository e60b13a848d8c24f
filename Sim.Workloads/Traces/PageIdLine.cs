using System;
using System.Globalization;
using System.Text;

namespace Sim.Workloads.Traces;

/// <summary>One line of a text trace, read at leisure: what is not a bare decimal number comes here.</summary>
internal static class PageIdLine
{
    private const int ShownLength = 40;

    /// <summary>Reads a line without its line feed.</summary>
    /// <returns>Whether it holds an id; a blank line or a comment holds none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, string file, long number, out ulong id)
    {
        id = 0;
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty || line[0] == '#') return false;
        int binary = line.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        if (binary >= 0 && line[binary] != '\t')
            throw new TraceFormatException(file, number, $"byte 0x{line[binary]:X2} is not text; a trace is lines of page ids in text, plain or gzip");

        bool isHex = line.Length > 2 && line[0] == '0' && (line[1] | 0x20) == 'x';
        ReadOnlySpan<byte> digits = isHex ? line[2..] : line;
        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out id)) return true;

        bool isNumber = isHex ? !digits.ContainsAnyExcept("0123456789abcdefABCDEF"u8) : !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        throw new TraceFormatException(file, number, isNumber
            ? $"{Shown(line)} is too large; a page id is at most {ulong.MaxValue}"
            : $"'{Shown(line)}' is not a page number; a line holds one page id, decimal or 0x and hexadecimal");
    }

    private static string Shown(ReadOnlySpan<byte> line)
        => line.Length <= ShownLength ? Encoding.ASCII.GetString(line) : $"{Encoding.ASCII.GetString(line[..ShownLength])}...";
}
