using System;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Sim.Workloads.Traces;

/// <summary>
/// What `valgrind --tool=lackey --trace-mem=yes` prints: a reference a line, to the 4 KiB page of its first byte. A modification (M) is one reference.
/// Blank lines and Valgrind's own, which begin with == or --, are ignored, as are the superblocks' (SB).
/// <code>
/// I  04016b80,3       instruction fetch: address in hexadecimal, bytes in decimal
///  L 1ffeffe7e0,8     load
///  S 1ffeffe7e8,4     store
///  M 0421c7cc,4       modification
/// </code>
/// </summary>
internal sealed class LackeyTrace(TraceContent content, bool instructions) : LineReader(content, TraceFormat.Lackey)
{
    private const int PageShift = 12, AddressAt = 3, MostDigits = 16, ShownLength = 40;

    private protected override string Expected => instructions
        ? "it is lines such as ' L 1ffeffe7e0,8'"
        : "it is lines such as ' L 1ffeffe7e0,8'; --instructions takes those that begin with I as well";

    /// <summary>Whether a line is of this format.</summary>
    public static bool Looks(ReadOnlySpan<byte> line) => IsIgnored(line) || TryParse(line.TrimEnd((byte)'\r'), out _, out _);

    /// <summary>Whether a line stands in such a trace without being a reference.</summary>
    public static bool IsIgnored(ReadOnlySpan<byte> line) =>
        line.Trim(" \t\r"u8).IsEmpty || line.StartsWith("=="u8) || line.StartsWith("--"u8) || line.StartsWith("SB "u8);

    private protected override int ReadLines(ReadOnlySpan<byte> block, Span<ulong> ids, ref int used)
    {
        int count = 0;
        while (used < block.Length && count < ids.Length)
        {
            ReadOnlySpan<byte> line = block[used..];
            line = line[..line.IndexOf((byte)'\n')];
            used += line.Length + 1;
            Lines++;
            if (!TryParse(line.TrimEnd((byte)'\r'), out ulong address, out bool isFetch))
            {
                if (IsIgnored(line)) continue;
                throw new TraceFormatException(Name, Lines, $"'{Encoding.Latin1.GetString(line[..Math.Min(line.Length, ShownLength)])}' is no line of lackey's; {Expected}");
            }
            if (!isFetch || instructions) ids[count++] = address >> PageShift;
        }
        return count;
    }

    private static bool TryParse(ReadOnlySpan<byte> line, out ulong address, out bool isFetch)
    {
        address = 0;
        isFetch = line.StartsWith("I  "u8);
        if (!isFetch && !(line.Length > AddressAt && line[0] == ' ' && line[1] is (byte)'L' or (byte)'S' or (byte)'M' && line[2] == ' ')) return false;
        ReadOnlySpan<byte> rest = line[AddressAt..];
        int comma = rest.IndexOf((byte)',');
        return comma is > 0 and <= MostDigits
            && ulong.TryParse(rest[..comma], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address)
            && Utf8Parser.TryParse(rest[(comma + 1)..], out uint _, out int digits) && digits == rest.Length - comma - 1;
    }
}
