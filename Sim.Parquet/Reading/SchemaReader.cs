using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>Reads the schema: a root, and below it only columns of the types that a flat file has.</summary>
internal sealed class SchemaReader
{
    private SchemaReader(List<ParquetColumn> columns, List<PhysicalType> types) => (Columns, Types) = (columns, types);

    public List<ParquetColumn> Columns { get; }

    /// <summary>How the file calls the columns' types.</summary>
    public List<PhysicalType> Types { get; }

    public static SchemaReader Read(CompactReader thrift)
    {
        int count = thrift.List(CompactType.Struct) - 1;
        if (count < 1) throw thrift.Error("a schema without columns");
        SchemaElement root = SchemaElement.Read(thrift);
        List<ParquetColumn> columns = [];
        List<PhysicalType> types = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            SchemaElement element = SchemaElement.Read(thrift);
            ParquetColumn column = element.ToColumn(thrift);
            if (!names.Add(column.Name)) throw thrift.Error($"column name {ParquetFormatException.Quote(column.Name)} occurs twice");
            columns.Add(column);
            types.Add(element.Type!.Value);
        }

        if (root.Children != count) throw thrift.Error($"the schema announces {root.Children} columns and has {count}");
        return new SchemaReader(columns, types);
    }

    /// <summary>The schema, each column with what its chunk in the first row group says of it.</summary>
    public ParquetSchema WithMetadata(IReadOnlyList<RowGroupFooter> groups)
    {
        if (groups.Count == 0) return new ParquetSchema([.. Columns]);
        return new ParquetSchema([.. Columns.Select((column, i) =>
            new ParquetColumn(column.Name, column.Type, column.Nullable) { Metadata = groups[0].Chunks[i].Metadata })]);
    }
}
