namespace Sim.Parquet;

/// <summary>
/// What a file says of a column in a row group, without its pages being read. A bound holds for every value but NaN, and need not be
/// one of them; it has the column's type. Null means that the file does not say.
/// </summary>
/// <param name="NullCount">Rows without a value.</param>
/// <param name="Min">No value is smaller; text is compared by its UTF-8 bytes.</param>
/// <param name="Max">No value is greater.</param>
public sealed record ColumnStatistics(long? NullCount, object? Min, object? Max);
