using System.Linq;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Writing;

/// <summary>Lays the footer out; the numbers are the field ids of the format's Thrift definition.</summary>
internal sealed class FooterWriter(CompactWriter thrift)
{
    private const int FormatVersion = 1;
    private const int Utf8ConvertedType = 0;

    public void Write(FileFooter footer)
    {
        thrift.Begin();
        thrift.Int32(1, FormatVersion);
        WriteSchema(footer.Schema, footer.RowGroups[0].Chunks.Select(chunk => chunk.Type).ToArray());
        thrift.Int64(3, footer.Rows);
        thrift.List(4, CompactType.Struct, footer.RowGroups.Count);
        for (int i = 0; i < footer.RowGroups.Count; i++) WriteRowGroup(footer.RowGroups[i], footer.Schema, i);
        WriteMetadata(5, footer.Metadata);
        thrift.Text(6, footer.CreatedBy);
        thrift.List(7, CompactType.Struct, footer.Schema.Count);
        foreach (ParquetColumn _ in footer.Schema) WriteTypeDefinedOrder();
        thrift.End();
    }

    private void WriteSchema(ParquetSchema schema, PhysicalType[] types)
    {
        thrift.List(2, CompactType.Struct, schema.Count + 1);
        thrift.Begin();
        thrift.Text(4, "schema");
        thrift.Int32(5, schema.Count);
        thrift.End();
        for (int i = 0; i < types.Length; i++)
        {
            thrift.Begin();
            thrift.Int32(1, (int)types[i]);
            thrift.Int32(3, (int)(schema[i].Nullable ? Repetition.Optional : Repetition.Required));
            thrift.Text(4, schema[i].Name);
            if (types[i] == PhysicalType.ByteArray)
            {
                thrift.Int32(6, Utf8ConvertedType);
                thrift.BeginStruct(10);
                thrift.EmptyStruct(1);
                thrift.End();
            }

            thrift.End();
        }
    }

    private void WriteRowGroup(RowGroupFooter group, ParquetSchema schema, int ordinal)
    {
        thrift.Begin();
        thrift.List(1, CompactType.Struct, group.Chunks.Count);
        for (int i = 0; i < group.Chunks.Count; i++) WriteChunk(group.Chunks[i], schema[i].Name);
        thrift.Int64(2, group.Chunks.Sum(chunk => chunk.RawBytes));
        thrift.Int64(3, group.Rows);
        thrift.Int64(5, group.Chunks[0].FirstPageOffset);
        thrift.Int64(6, group.Chunks.Sum(chunk => chunk.StoredBytes));
        if (ordinal <= short.MaxValue) thrift.Int16(7, (short)ordinal);
        thrift.End();
    }

    private void WriteChunk(ChunkFooter chunk, string name)
    {
        thrift.Begin();
        thrift.Int64(2, 0);
        thrift.BeginStruct(3);
        thrift.Int32(1, (int)chunk.Type);
        thrift.List(2, CompactType.Int32, chunk.Encodings.Count);
        foreach (PageEncoding encoding in chunk.Encodings) thrift.Int32Element((int)encoding);
        thrift.List(3, CompactType.Binary, 1);
        thrift.TextElement(name);
        thrift.Int32(4, (int)chunk.Codec);
        thrift.Int64(5, chunk.Values);
        thrift.Int64(6, chunk.RawBytes);
        thrift.Int64(7, chunk.StoredBytes);
        WriteMetadata(8, chunk.Metadata);
        thrift.Int64(9, chunk.DataPageOffset);
        if (chunk.DictionaryPageOffset is { } dictionary) thrift.Int64(11, dictionary);
        WriteStatistics(chunk.Statistics);
        thrift.End();
        thrift.End();
    }

    private void WriteStatistics(RawStatistics statistics)
    {
        thrift.BeginStruct(12);
        if (statistics.NullCount is { } nulls) thrift.Int64(3, nulls);
        if (statistics is { Min: { } min, Max: { } max })
        {
            thrift.Binary(5, max);
            thrift.Binary(6, min);
            thrift.Bool(7, true);
            thrift.Bool(8, true);
        }

        thrift.End();
    }

    private void WriteMetadata(int field, ParquetMetadata metadata)
    {
        if (metadata.Count == 0) return;
        thrift.List(field, CompactType.Struct, metadata.Count);
        foreach ((string key, string value) in metadata)
        {
            thrift.Begin();
            thrift.Text(1, key);
            thrift.Text(2, value);
            thrift.End();
        }
    }

    /// <summary>Says that bounds are by the order that the format defines for the type; without it readers ignore those of text.</summary>
    private void WriteTypeDefinedOrder()
    {
        thrift.Begin();
        thrift.EmptyStruct(1);
        thrift.End();
    }
}
