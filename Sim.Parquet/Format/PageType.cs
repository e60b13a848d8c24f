namespace Sim.Parquet.Format;

/// <summary>The format's <c>PageType</c>.</summary>
internal enum PageType
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}
