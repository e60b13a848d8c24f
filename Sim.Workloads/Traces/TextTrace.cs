using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>
/// A page-reference string as text, plain or gzip (told by content): one page id a line, decimal or 0x and hexadecimal, up to
/// 2^64 - 1. Blank lines and lines that begin with # are ignored. Ids are renumbered while reading, in one pass.
/// </summary>
public static class TextTrace
{
    private const int FileBuffer = 64 * 1024;

    private const int Batch = 64;

    // 10^19 - 1 is below 2^64: up to 19 digits cannot overflow.
    private const int SafeDigits = 19;

    /// <summary>Reads a file. Throws a <see cref="TraceFormatException"/> where it is not a whole trace.</summary>
    public static PageTrace Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBuffer, FileOptions.SequentialScan);
        return Read(file, path);
    }

    /// <summary>Reads a stream to its end; the name stands in error messages.</summary>
    public static PageTrace Read(Stream file, string name)
    {
        var blocks = new LineBlocks(file, name);
        var pages = new PageRenumbering();
        var references = new uint[1024];
        int count = 0;
        long lines = 0;
        while (true)
        {
            ReadOnlySpan<byte> block = blocks.Next(lines);
            if (block.IsEmpty) break;
            // An id takes two bytes at least, so that the block's references need no further check.
            references = WithRoomFor(references, count, (block.Length / 2) + 1, name);
            count += ReadBlock(block, pages, references.AsSpan(count), name, ref lines);
        }
        if (count == 0) throw new TraceFormatException(name, 0, "the trace holds no reference; a line holds one decimal page id");
        return new PageTrace(name, references.AsMemory(0, count), pages.Ids);
    }

    private static int ReadBlock(ReadOnlySpan<byte> block, PageRenumbering pages, Span<uint> references, string name, ref long lines)
    {
        Span<ulong> ids = stackalloc ulong[Batch];
        int count = 0, waiting = 0;
        int end = block.Length - DecimalWord.Length;
        for (int i = 0; i < block.Length;)
        {
            if (waiting == Batch)
            {
                pages.Number(ids, references[count..]);
                count += waiting;
                waiting = 0;
            }
            lines++;
            if (i < end)
            {
                int digits = DecimalWord.Read(block[i..], out ulong few);
                if (digits is > 0 and < DecimalWord.Length && block[i + digits] == '\n')
                {
                    ids[waiting++] = few;
                    i += digits + 1;
                    continue;
                }
            }
            int length = block[i..].IndexOf((byte)'\n');
            if (TryRead(block.Slice(i, length), name, lines, out ulong id)) ids[waiting++] = id;
            i += length + 1;
        }
        pages.Number(ids[..waiting], references[count..]);
        return count + waiting;
    }

    private static bool TryRead(ReadOnlySpan<byte> line, string name, long number, out ulong id)
    {
        if (line.IsEmpty || line.Length > SafeDigits) return PageIdLine.TryRead(line, name, number, out id);
        id = 0;
        foreach (byte letter in line)
        {
            uint digit = (uint)(letter - '0');
            if (digit > 9) return PageIdLine.TryRead(line, name, number, out id);
            id = (id * 10) + digit;
        }
        return true;
    }

    private static uint[] WithRoomFor(uint[] references, int used, int more, string name)
    {
        long needed = (long)used + more;
        if (needed <= references.Length) return references;
        if (needed > Array.MaxLength) throw new TraceFormatException(name, 0, $"the trace has more than {Array.MaxLength - more} references, which is the most that is read");
        // Uninitialised, the part that is never filled costs the host no memory.
        uint[] larger = GC.AllocateUninitializedArray<uint>((int)Math.Min(Math.Max(needed, 2L * references.Length), Array.MaxLength));
        references.AsSpan(0, used).CopyTo(larger);
        return larger;
    }
}
