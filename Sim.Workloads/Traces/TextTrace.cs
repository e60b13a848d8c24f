using System;

namespace Sim.Workloads.Traces;

/// <summary>
/// One page id a line, decimal or 0x and hexadecimal, up to 2^64 - 1. Blank lines and lines that begin with # are ignored.
/// </summary>
internal sealed class TextTrace(TraceContent content) : LineReader(content, TraceFormat.Text)
{
    // 10^19 - 1 is below 2^64: up to 19 digits cannot overflow.
    private const int SafeDigits = 19;

    private protected override string Expected => "a line holds one page id, decimal or 0x and hexadecimal";

    private protected override int ReadLines(ReadOnlySpan<byte> block, Span<ulong> ids, ref int used)
    {
        int count = 0, end = block.Length - DecimalWord.Length, at = used;
        long lines = Lines;
        while (at < block.Length && count < ids.Length)
        {
            lines++;
            if (at < end)
            {
                int digits = DecimalWord.Read(block[at..], out ulong few);
                if (digits is > 0 and < DecimalWord.Length && block[at + digits] == '\n')
                {
                    ids[count++] = few;
                    at += digits + 1;
                    continue;
                }
            }
            int length = block[at..].IndexOf((byte)'\n');
            if (TryRead(block.Slice(at, length), lines, out ulong id)) ids[count++] = id;
            at += length + 1;
        }
        used = at;
        Lines = lines;
        return count;
    }

    private bool TryRead(ReadOnlySpan<byte> line, long number, out ulong id)
    {
        if (line.IsEmpty || line.Length > SafeDigits) return PageIdLine.TryRead(line, Name, number, out id);
        id = 0;
        foreach (byte letter in line)
        {
            uint digit = (uint)(letter - '0');
            if (digit > 9) return PageIdLine.TryRead(line, Name, number, out id);
            id = (id * 10) + digit;
        }
        return true;
    }
}
