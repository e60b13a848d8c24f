using System;
using System.Buffers.Binary;

namespace Sim.Workloads.Traces;

/// <summary>
/// ChampSim's trace of instructions (N. Gober and others, "The Championship Simulator", arXiv 2210.14324, 2022). References are the 4 KiB pages of
/// the memory operands, what is read before what is written; with instructions, the page of the instruction before both.
/// <code>
/// byte  0    8          10                 16                  32                 64
///       | ip | branch?  | register numbers | written addresses | read addresses   |     little-endian; an address of 0 is none
///              | taken?   2 to 4             2 x 8               4 x 8
/// </code>
/// </summary>
internal sealed class ChampSimTrace(TraceContent content, bool instructions) : RecordReader(content, TraceFormat.ChampSim, Length, mostIds: 7)
{
    public const int Length = 64;
    private const int Written = 16, Loaded = 32, PageShift = 12;
    private const int HighestBit = 57; // of a user's address with five levels of tables

    private protected override string Expected => instructions
        ? "it is instruction records of 64 bytes"
        : "it is instruction records of 64 bytes, none of which has a memory operand; --instructions takes the instructions' pages as well";

    /// <summary>Whether the beginning of a file may be this: some instructions, branch flags that are flags, addresses that can be addresses.</summary>
    public static bool Looks(ReadOnlySpan<byte> head)
    {
        if (head.Length < Length) return false;
        int addresses = 0;
        for (int at = 0; at + Length <= head.Length; at += Length)
        {
            ReadOnlySpan<byte> record = head.Slice(at, Length);
            if (ProblemOf(record) is not null || WordAt(record, 0) == 0) return false;
            for (int operand = Written; operand < Length; operand += sizeof(ulong)) addresses += WordAt(record, operand) == 0 ? 0 : 1;
        }
        // Six operands, few of which are in use; in a file of ids all six would be.
        return addresses <= head.Length / Length * 4;
    }

    protected override int Decode(ReadOnlySpan<byte> records, long offset, Span<ulong> ids)
    {
        int count = 0;
        for (int at = 0; at < records.Length; at += Length)
        {
            ReadOnlySpan<byte> record = records.Slice(at, Length);
            if (ProblemOf(record) is { } problem)
                throw TraceFormatException.AtByte(Name, offset + at, $"{problem}; the record is damaged, or the file is not ChampSim's throughout");
            if (instructions) ids[count++] = WordAt(record, 0) >> PageShift;
            for (int operand = Loaded; operand < Length; operand += sizeof(ulong)) Add(WordAt(record, operand), ids, ref count);
            for (int operand = Written; operand < Loaded; operand += sizeof(ulong)) Add(WordAt(record, operand), ids, ref count);
        }
        return count;
    }

    private static void Add(ulong address, Span<ulong> ids, ref int count)
    {
        if (address != 0) ids[count++] = address >> PageShift;
    }

    private static string? ProblemOf(ReadOnlySpan<byte> record)
    {
        if (record[8] > 1 || record[9] > 1) return $"the branch flags are {record[8]} and {record[9]}, neither of which is above 1";
        for (int word = 0; word < Length; word += word == 0 ? Written : sizeof(ulong))
        {
            ulong address = WordAt(record, word);
            if (address >> HighestBit is not (0 or ulong.MaxValue >> HighestBit)) return $"0x{address:x} is no address";
        }
        return null;
    }

    private static ulong WordAt(ReadOnlySpan<byte> record, int at) => BinaryPrimitives.ReadUInt64LittleEndian(record[at..]);
}
