using System;
using System.Buffers.Binary;

namespace Sim.Workloads.Traces;

/// <summary>
/// libCacheSim's oracleGeneral: a request a record, whose object is the page, whatever its size. Requests of size 0 are no references,
/// as there. (J. Yang, Y. Yue, R. Vinayak, "A large-scale analysis of hundreds of in-memory key-value cache clusters", TOS 17(3), 2021, and the program's source.)
/// <code>
/// byte  0     4          12    16              24
///       | time | object id | size | next request |     little-endian; the next request's number, or -1 or 2^63 - 1 where there is none
/// </code>
/// </summary>
internal sealed class OracleGeneralTrace(TraceContent content) : RecordReader(content, TraceFormat.OracleGeneral, Length, mostIds: 1)
{
    public const int Length = 24;
    private const int Id = 4, Size = 12, Next = 16;
    private const long MostRequests = 1L << 48;

    private protected override string Expected => "it is records of 24 bytes: time, object, size, next request";

    /// <summary>Whether the beginning of a file may be this: times that do not fall, sizes, and next requests that are numbers of requests.</summary>
    public static bool Looks(ReadOnlySpan<byte> head)
    {
        uint time = 0;
        int sized = 0;
        for (int at = 0; at + Length <= head.Length; at += Length)
        {
            ReadOnlySpan<byte> record = head[at..];
            uint now = BinaryPrimitives.ReadUInt32LittleEndian(record);
            long next = BinaryPrimitives.ReadInt64LittleEndian(record[Next..]);
            if (now < time || (next is not (-1 or long.MaxValue) && next is not (>= 0 and < 1L << 32))) return false;
            if (BinaryPrimitives.ReadInt32LittleEndian(record[Size..]) > 0) sized++;
            time = now;
        }
        return sized > 0 && sized >= head.Length / Length / 2;
    }

    protected override int Decode(ReadOnlySpan<byte> records, long offset, Span<ulong> ids)
    {
        int count = 0;
        for (int at = 0; at < records.Length; at += Length)
        {
            ReadOnlySpan<byte> record = records.Slice(at, Length);
            long next = BinaryPrimitives.ReadInt64LittleEndian(record[Next..]);
            if (next is < -1 or (> MostRequests and < long.MaxValue))
            {
                throw TraceFormatException.AtByte(Name, offset + at,
                    $"the next request is {next}, which is no number of a request; the record is damaged, or the file is not oracleGeneral throughout");
            }
            ids[count] = BinaryPrimitives.ReadUInt64LittleEndian(record[Id..]);
            count += BinaryPrimitives.ReadUInt32LittleEndian(record[Size..]) == 0 ? 0 : 1;
        }
        return count;
    }
}
