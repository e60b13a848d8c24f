using System;

namespace Sim.Parquet;

/// <summary>One column of a flat schema.</summary>
public sealed class ParquetColumn
{
    /// <param name="name">Not empty; unique within its schema.</param>
    /// <param name="type">The type of every value.</param>
    /// <param name="nullable">Whether a row may have no value here.</param>
    public ParquetColumn(string name, ParquetType type, bool nullable = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!Enum.IsDefined(type)) throw new ArgumentOutOfRangeException(nameof(type), type, "not a Parquet type");
        Name = name;
        Type = type;
        Nullable = nullable;
        Encoding = type == ParquetType.String ? ParquetEncoding.Dictionary : ParquetEncoding.Plain;
    }

    public string Name { get; }

    public ParquetType Type { get; }

    public bool Nullable { get; }

    /// <summary>What the writer should use: unless set, dictionary for text and plain for the rest. A reader leaves the default.</summary>
    public ParquetEncoding Encoding { get; init; }

    /// <summary>What goes with the column in the file: its unit, its description.</summary>
    public ParquetMetadata Metadata { get; init; } = new();

    /// <summary>As in <c>latency_ns: Int64?</c>.</summary>
    public override string ToString() => $"{Name}: {Type}{(Nullable ? "?" : "")}";
}
