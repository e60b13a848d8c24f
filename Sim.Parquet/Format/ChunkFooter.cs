using System.Collections.Generic;

namespace Sim.Parquet.Format;

/// <summary>One column of one row group, as the footer describes it.</summary>
internal sealed record ChunkFooter
{
    public required PhysicalType Type { get; init; }

    public required Codec Codec { get; init; }

    public required long Values { get; init; }

    public required long RawBytes { get; init; }

    public required long StoredBytes { get; init; }

    public required long DataPageOffset { get; init; }

    /// <summary>Null if the chunk has no dictionary page, or the file does not say where.</summary>
    public required long? DictionaryPageOffset { get; init; }

    public IReadOnlyList<PageEncoding> Encodings { get; init; } = [];

    public ParquetMetadata Metadata { get; init; } = new();

    public RawStatistics Statistics { get; init; } = new(null, null, null);

    public long FirstPageOffset => DictionaryPageOffset is { } offset && offset < DataPageOffset ? offset : DataPageOffset;
}
