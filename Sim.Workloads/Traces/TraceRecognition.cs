using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Workloads.Traces;

/// <summary>
/// Tells a trace's format by its beginning. Text is what is nearly all printable; lackey's by its first line. Of binary files those with a structure are
/// tried first. What is left is ids of four or eight bytes, which nothing marks: see <see cref="WidthOf"/>.
/// </summary>
internal static class TraceRecognition
{
    private const int Words = 4096;
    private const double TextShare = 0.8; // a damaged text is still read as text, and its line named; ids of four bytes are at most 3/4 printable
    private const uint SmallId = 1u << 28;
    private const int FewHalves = 8;
    private const int LeastRepeats = 16;

    /// <summary>The format of a file that begins so. Throws a <see cref="TraceFormatException"/> where the beginning does not decide.</summary>
    public static TraceFormat Of(TraceContent content)
    {
        content.RefuseStrangers();
        ReadOnlySpan<byte> head = content.Head;
        if (IsText(head)) return FirstLineIsLackeys(head) ? TraceFormat.Lackey : TraceFormat.Text;
        if (OracleGeneralTrace.Looks(head)) return TraceFormat.OracleGeneral;
        if (ChampSimTrace.Looks(head)) return TraceFormat.ChampSim;
        return WidthOf(head) ?? throw new TraceFormatException(content.Name, 0,
            "the content does not tell whether this binary file is page ids of 4 or of 8 bytes, or a trace at all; if it is one, say --format u32 or --format u64");
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        int printable = 0;
        foreach (byte letter in head) printable += letter is (>= (byte)' ' and <= (byte)'~') or (byte)'\t' or (byte)'\n' or (byte)'\r' ? 1 : 0;
        return printable >= head.Length * TextShare || head.StartsWith<byte>([0xEF, 0xBB, 0xBF]);
    }

    private static bool FirstLineIsLackeys(ReadOnlySpan<byte> head)
    {
        foreach (Range range in head.Split((byte)'\n'))
        {
            if (!LackeyTrace.IsIgnored(head[range])) return LackeyTrace.Looks(head[range]);
        }
        return head.IndexOf("=="u8) == 0;
    }

    /// <summary>
    /// Ids of eight bytes are pairs of words of four, a lower and an upper half. In this order:
    /// <list type="number">
    /// <item>all upper halves 0: eight bytes;</item>
    /// <item>few different upper halves for the lower ones, such as the top of addresses: eight;</item>
    /// <item>small words that range alike in both places: four, since a pair would be an enormous id;</item>
    /// <item>large words that return: always with the same partner, eight; not so, four;</item>
    /// <item>otherwise nobody can tell: null.</item>
    /// </list>
    /// </summary>
    public static TraceFormat? WidthOf(ReadOnlySpan<byte> head)
    {
        int pairs = Math.Min(head.Length / sizeof(ulong), Words);
        if (pairs == 0) return head.Length >= sizeof(uint) ? TraceFormat.U32 : null;
        var lower = new uint[pairs];
        var upper = new uint[pairs];
        for (int i = 0; i < pairs; i++)
        {
            lower[i] = BinaryPrimitives.ReadUInt32LittleEndian(head[(i * sizeof(ulong))..]);
            upper[i] = BinaryPrimitives.ReadUInt32LittleEndian(head[((i * sizeof(ulong)) + sizeof(uint))..]);
        }
        uint mostLower = lower.Max(), mostUpper = upper.Max();
        if (mostUpper == 0) return mostLower == 0 ? null : TraceFormat.U64;
        int halves = upper.Distinct().Count();
        if (halves * FewHalves <= lower.Distinct().Count()) return TraceFormat.U64;
        if (mostLower < SmallId && mostUpper < SmallId) return mostUpper / 4 <= mostLower && mostLower / 4 <= mostUpper ? TraceFormat.U32 : null;
        return WidthByPartners(lower, upper);
    }

    private static TraceFormat? WidthByPartners(uint[] lower, uint[] upper)
    {
        var partnerOf = new Dictionary<uint, uint>();
        int repeats = 0, same = 0;
        for (int i = 0; i < lower.Length; i++)
        {
            if (!partnerOf.TryAdd(lower[i], upper[i]))
            {
                repeats++;
                same += partnerOf[lower[i]] == upper[i] ? 1 : 0;
            }
        }
        if (repeats < LeastRepeats) return null;
        return same == repeats ? TraceFormat.U64 : same <= repeats / 2 ? TraceFormat.U32 : null;
    }
}
