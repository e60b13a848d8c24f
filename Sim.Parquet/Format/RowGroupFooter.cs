using System.Collections.Generic;

namespace Sim.Parquet.Format;

/// <summary>One row group, as the footer describes it: a chunk for each column of the schema, in its order.</summary>
internal sealed record RowGroupFooter(long Rows, IReadOnlyList<ChunkFooter> Chunks);
