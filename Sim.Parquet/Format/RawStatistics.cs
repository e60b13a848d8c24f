namespace Sim.Parquet.Format;

/// <summary>A chunk's statistics, its bounds as PLAIN bytes (text without its length); null where the file says nothing.</summary>
internal sealed record RawStatistics(long? NullCount, byte[]? Min, byte[]? Max);
