using System.Collections.Generic;

namespace Sim.Parquet.Format;

/// <summary>What the end of a file says about it.</summary>
internal sealed record FileFooter(
    ParquetSchema Schema,
    long Rows,
    IReadOnlyList<RowGroupFooter> RowGroups,
    ParquetMetadata Metadata,
    string CreatedBy);
