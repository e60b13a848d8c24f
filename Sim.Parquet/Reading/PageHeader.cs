using Sim.Parquet.Format;
using Sim.Parquet.Thrift;

namespace Sim.Parquet.Reading;

/// <summary>What stands before a page.</summary>
internal sealed record PageHeader(PageType Type, int RawBytes, int StoredBytes, int Values, PageEncoding Encoding, PageEncoding Levels)
{
    public static PageHeader Read(CompactReader thrift)
    {
        PageHeader header = new((PageType)(-1), -1, -1, -1, PageEncoding.Plain, PageEncoding.Rle);
        thrift.Begin();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1:
                    header = header with { Type = (PageType)thrift.Int32() };
                    break;
                case 2:
                    header = header with { RawBytes = thrift.Int32() };
                    break;
                case 3:
                    header = header with { StoredBytes = thrift.Int32() };
                    break;
                case 5 or 7:
                    header = ReadContents(thrift, header);
                    break;
                default:
                    thrift.Skip();
                    break;
            }
        }

        if (header.RawBytes < 0 || header.StoredBytes < 0)
            throw thrift.Error($"page header of a page of {header.RawBytes} bytes, {header.StoredBytes} stored");
        if (header.Type is PageType.Data or PageType.Dictionary && header.Values < 0)
            throw thrift.Error($"page header of a page of {header.Values} values");
        return header;
    }

    /// <summary>Fields 1 and 2 mean the same in the headers of data and dictionary pages; field 3 is a data page's alone.</summary>
    private static PageHeader ReadContents(CompactReader thrift, PageHeader header)
    {
        bool isData = thrift.Field == 5;
        thrift.BeginStruct();
        while (thrift.NextField())
        {
            if (thrift.Field == 1) header = header with { Values = thrift.Int32() };
            else if (thrift.Field == 2) header = header with { Encoding = (PageEncoding)thrift.Int32() };
            else if (isData && thrift.Field == 3) header = header with { Levels = (PageEncoding)thrift.Int32() };
            else thrift.Skip();
        }

        return header;
    }
}
