using System;

namespace Sim.Parquet;

/// <summary>How a file is cut and stored. None of it changes what a reader sees but the row groups.</summary>
public sealed record ParquetWriterOptions
{
    /// <summary>Rows a row group: what the writer holds in memory. 1 to 2^30; 2^17 if not set.</summary>
    public int RowGroupRows
    {
        get;
        init => field = Within(value, 1 << 30, nameof(RowGroupRows));
    } = 1 << 17;

    /// <summary>Bytes of values at which a page ends, before compression. A page holds one value at least. 1 to 2^29; 2^20 if not set.</summary>
    public int PageBytes
    {
        get;
        init => field = Within(value, 1 << 29, nameof(PageBytes));
    } = 1 << 20;

    /// <summary>Bytes of distinct values above which a row group's column gives its dictionary up. 1 to 2^29; 2^20 if not set.</summary>
    public int DictionaryBytes
    {
        get;
        init => field = Within(value, 1 << 29, nameof(DictionaryBytes));
    } = 1 << 20;

    /// <summary>How pages are stored; as they are, if not set.</summary>
    public ParquetCompression Compression { get; init; } = ParquetCompression.None;

    private static int Within(int value, int most, string name) =>
        value >= 1 && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"must be 1 to {most}");
}
