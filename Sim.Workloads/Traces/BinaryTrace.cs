using System;
using System.Buffers.Binary;

namespace Sim.Workloads.Traces;

/// <summary>Page ids one after the other, little-endian, of four bytes or of eight.</summary>
internal sealed class BinaryTrace(TraceContent content, TraceFormat format)
    : RecordReader(content, format, format == TraceFormat.U64 ? sizeof(ulong) : sizeof(uint), mostIds: 1)
{
    private protected override string Expected => "it is page ids of four or eight bytes, little-endian";

    protected override int Decode(ReadOnlySpan<byte> records, long offset, Span<ulong> ids)
    {
        bool isLong = Format == TraceFormat.U64;
        int count = records.Length / (isLong ? sizeof(ulong) : sizeof(uint));
        for (int i = 0; i < count; i++)
        {
            ids[i] = isLong
                ? BinaryPrimitives.ReadUInt64LittleEndian(records[(i * sizeof(ulong))..])
                : BinaryPrimitives.ReadUInt32LittleEndian(records[(i * sizeof(uint))..]);
        }
        return count;
    }
}
