using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>Takes the footer in and holds it against itself: every number that a reader will rely on has been checked.</summary>
/// <param name="thrift">Stands at the footer.</param>
/// <param name="dataEnd">Where the footer begins, and so the column chunks end.</param>
internal sealed class FooterReader(CompactReader thrift, long dataEnd)
{
    public FileFooter Read()
    {
        SchemaReader? schema = null;
        long? rows = null;
        List<RowGroupFooter>? groups = null;
        ParquetMetadata metadata = new();
        string createdBy = "";
        thrift.Begin();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 2:
                    schema = SchemaReader.Read(thrift);
                    break;
                case 3:
                    rows = thrift.Int64();
                    break;
                case 4:
                    groups = ReadRowGroups(schema ?? throw thrift.Error("row groups stand before the schema"));
                    break;
                case 5:
                    metadata = MetadataReader.Read(thrift);
                    break;
                case 6:
                    createdBy = thrift.Text();
                    break;
                case 8:
                    throw thrift.Error("encrypted columns are not supported");
                default:
                    thrift.Skip();
                    break;
            }
        }

        if (schema is null || rows is null || groups is null) throw thrift.Error("footer without schema, row count or row groups");
        Int128 sum = groups.Aggregate(Int128.Zero, (total, group) => total + group.Rows);
        if (sum != rows) throw thrift.Error($"the file announces {rows} rows, its row groups {sum}");
        return new FileFooter(schema.WithMetadata(groups), rows.Value, groups, metadata, createdBy);
    }

    private List<RowGroupFooter> ReadRowGroups(SchemaReader schema)
    {
        List<RowGroupFooter> groups = [];
        for (int left = thrift.List(CompactType.Struct); left > 0; left--) groups.Add(ReadRowGroup(schema));
        return groups;
    }

    private RowGroupFooter ReadRowGroup(SchemaReader schema)
    {
        List<ChunkFooter> chunks = [];
        long rows = -1;
        thrift.Begin();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1:
                    int count = thrift.List(CompactType.Struct);
                    if (count != schema.Columns.Count) throw thrift.Error($"a row group of {count} columns, the schema has {schema.Columns.Count}");
                    for (int i = 0; i < count; i++) chunks.Add(new ChunkFooterReader(thrift, dataEnd).Read(schema.Columns[i], schema.Types[i]));
                    break;
                case 3:
                    rows = thrift.Int64();
                    break;
                default:
                    thrift.Skip();
                    break;
            }
        }

        if (rows < 0 || chunks.Count != schema.Columns.Count) throw thrift.Error("a row group without rows or columns");
        for (int i = 0; i < chunks.Count; i++)
        {
            if (chunks[i].Values != rows)
            {
                string name = ParquetFormatException.Quote(schema.Columns[i].Name);
                throw thrift.Error($"column {name} has {chunks[i].Values} values in a row group of {rows} rows");
            }
        }

        return new RowGroupFooter(rows, chunks);
    }
}
