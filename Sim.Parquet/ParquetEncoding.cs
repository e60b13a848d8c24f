namespace Sim.Parquet;

/// <summary>How the writer lays a column's values out.</summary>
public enum ParquetEncoding
{
    /// <summary>Values one after the other.</summary>
    Plain,

    /// <summary>
    /// Each distinct value of a row group once, then indexes into those. A row group whose dictionary outgrows
    /// <see cref="ParquetWriterOptions.DictionaryBytes"/> is written plain instead. Booleans are always plain.
    /// </summary>
    Dictionary,
}
