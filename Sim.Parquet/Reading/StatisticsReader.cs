using System;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Sim.Parquet.Format;

namespace Sim.Parquet.Reading;

/// <summary>
/// Makes values of a chunk's bounds. As the format asks, a NaN is no bound, and a zero may stand for either zero. Bytes that
/// make no value (text cut within a character) are no bound either.
/// </summary>
internal static class StatisticsReader
{
    public static ColumnStatistics Read(RawStatistics raw, ParquetType type) =>
        new(raw.NullCount, Bound(raw.Min, type, -0.0), Bound(raw.Max, type, 0.0));

    private static object? Bound(byte[]? bytes, ParquetType type, double zero) => (type, bytes?.Length) switch
    {
        (_, null) => null,
        (ParquetType.Boolean, 1) => bytes![0] != 0,
        (ParquetType.Int32, 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (ParquetType.Int64, 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (ParquetType.Double, 8) => Bound(BinaryPrimitives.ReadDoubleLittleEndian(bytes), zero),
        (ParquetType.String, _) => Bound(bytes!),
        _ => null,
    };

    private static object? Bound(double value, double zero) => double.IsNaN(value) ? null : value == 0 ? zero : value;

    private static string? Bound(byte[] utf8) => Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : null;
}
