using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>Reads a list of key-value pairs: of two with one key the last counts, and a key without a value has the empty one.</summary>
internal static class MetadataReader
{
    public static ParquetMetadata Read(CompactReader thrift)
    {
        ParquetMetadata metadata = new();
        for (int left = thrift.List(CompactType.Struct); left > 0; left--)
        {
            string? key = null;
            string value = "";
            thrift.Begin();
            while (thrift.NextField())
            {
                if (thrift.Field == 1) key = thrift.Text();
                else if (thrift.Field == 2) value = thrift.Text();
                else thrift.Skip();
            }

            metadata[key ?? throw thrift.Error("metadata without a key")] = value;
        }

        return metadata;
    }
}
