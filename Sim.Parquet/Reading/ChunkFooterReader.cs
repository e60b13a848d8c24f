using System.Collections.Generic;
using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>Reads what the footer says of one column of one row group.</summary>
internal sealed class ChunkFooterReader(CompactReader thrift, long dataEnd)
{
    private PhysicalType? _type;
    private Codec _codec;
    private List<string> _path = [];
    private long? _values;
    private long? _stored;
    private long? _dataOffset;
    private long? _dictionaryOffset;
    private long _raw;
    private ParquetMetadata _metadata = new();
    private RawStatistics _statistics = new(null, null, null);

    public ChunkFooter Read(ParquetColumn column, PhysicalType type)
    {
        thrift.Begin();
        while (thrift.NextField())
        {
            if (thrift.Field == 1) throw thrift.Error("columns kept in another file are not supported");
            if (thrift.Field is 8 or 9) throw thrift.Error("encrypted columns are not supported");
            if (thrift.Field == 3) ReadMetadata();
            else thrift.Skip();
        }

        return Check(column, type);
    }

    private void ReadMetadata()
    {
        thrift.BeginStruct();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1:
                    _type = (PhysicalType)thrift.Int32();
                    break;
                case 3:
                    _path = [];
                    for (int left = thrift.List(CompactType.Binary); left > 0; left--) _path.Add(thrift.TextElement());
                    break;
                case 4:
                    _codec = (Codec)thrift.Int32();
                    break;
                case 5:
                    _values = thrift.Int64();
                    break;
                case 6:
                    _raw = thrift.Int64();
                    break;
                case 7:
                    _stored = thrift.Int64();
                    break;
                case 8:
                    _metadata = MetadataReader.Read(thrift);
                    break;
                case 9:
                    _dataOffset = thrift.Int64();
                    break;
                case 11:
                    _dictionaryOffset = thrift.Int64();
                    break;
                case 12:
                    _statistics = ReadStatistics();
                    break;
                default:
                    thrift.Skip();
                    break;
            }
        }
    }

    /// <summary>Only the bounds of the present format: those of its first version did not say by which order.</summary>
    private RawStatistics ReadStatistics()
    {
        RawStatistics read = new(null, null, null);
        thrift.BeginStruct();
        while (thrift.NextField())
        {
            if (thrift.Field == 3) read = read with { NullCount = thrift.Int64() };
            else if (thrift.Field == 5) read = read with { Max = thrift.Binary() };
            else if (thrift.Field == 6) read = read with { Min = thrift.Binary() };
            else thrift.Skip();
        }

        return read;
    }

    private ChunkFooter Check(ParquetColumn column, PhysicalType type)
    {
        string name = ParquetFormatException.Quote(column.Name);
        if (_type is null || _values is not { } values || _stored is not { } stored || _dataOffset is not { } dataOffset)
            throw thrift.Error($"column {name} has a chunk without type, values, size or place");
        if (_type != type) throw thrift.Error($"column {name} is {type} in the schema and {_type} in a row group");
        if (_path is not [string only] || only != column.Name) throw thrift.Error($"a row group has another column where {name} should be");
        if (values < 0 || stored < 0) throw thrift.Error($"column {name} has {values} values in {stored} bytes");
        if (_statistics.NullCount is < 0 || _statistics.NullCount > values)
            throw thrift.Error($"column {name} has {_statistics.NullCount} nulls among {values} values");

        // Some writers say 0 for a dictionary that is not there: no page can begin within the magic.
        long? dictionaryOffset = _dictionaryOffset is >= FileFrame.MagicBytes ? _dictionaryOffset : null;
        ChunkFooter chunk = new()
        {
            Type = type,
            Codec = _codec,
            Values = values,
            RawBytes = _raw,
            StoredBytes = stored,
            DataPageOffset = dataOffset,
            DictionaryPageOffset = dictionaryOffset,
            Metadata = _metadata,
            Statistics = _statistics,
        };
        long first = chunk.FirstPageOffset;
        if (values > 0 && (first < FileFrame.MagicBytes || first > dataEnd || stored > dataEnd - first))
            throw thrift.Error($"column {name} lies outside of the file: {stored} bytes from byte {first}, data end at {dataEnd},");
        return chunk;
    }
}
