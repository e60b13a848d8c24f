namespace Sim.Parquet;

/// <summary>How the bytes of a page are stored.</summary>
public enum ParquetCompression
{
    /// <summary>As they are: the same rows give the same bytes on every machine.</summary>
    None,

    /// <summary>RFC 1952. The bytes depend on the runtime's compressor, and may change with its version.</summary>
    Gzip,
}
