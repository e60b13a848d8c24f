using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sim.Parquet;

namespace Sim.Lab.Results;

/// <summary>docs/results-schema.md: every table and column, from the definitions by which they are written.</summary>
public static class ResultsSchemaDocument
{
    private const string Opening = """
        # Results schema

        <!-- Generated from the table definitions by ResultsSchemaDocument; a test holds this file equal to them. -->

        `results/<study>/` holds these Parquet tables beside `manifest.json`, `report.html` and `figures/`. The tables are uncompressed
        and the same, bit for bit, whatever the number of jobs, the build, and the order in which runs finished. Rows stand in the study's
        order: by parameter point, then by replication. Every column carries its `unit` and `description` in its own metadata;
        every file carries `study`, `format_version`, `model_version` and `runs_digest`, which is equal in files that were written together.

        A metric that is not defined in a run (a mean latency without faults, a rate without references) is null, never zero and never NaN.
        A `?` after a type says that the column can be null.

        """;

    private const string ParameterNote = """

        Between `seed` and the metrics, runs.parquet has one column for each parameter that the study sets, in the study's order.
        Its metadata holds the parameter's key (`parameter`) and kind (`kind`):

        | kind | column | type | unit |
        |---|---|---|---|
        | a size (64MiB) | `<key>_bytes` | Int64? | bytes |
        | a time (80ns) | `<key>_ns` | Double? | ns |
        | a whole number | `<key>` | Int64? | number |
        | a number, a percentage as a fraction | `<key>` | Double? | number |
        | anything else | `<key>` | String? | none |

        Where whole and other numbers meet in one parameter, the column is Double; where kinds are mixed otherwise, it is String. A parameter
        that is null in a run is not set at that point. A parameter whose column would bear the name of another is called `parameter.<key>`.

        """;

    /// <summary>The document's text.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        Table(text, RunTable.FileName, RunTable.Meaning, RunTable.Columns([]).Select(column => column.Column));
        text.Append(ParameterNote.ReplaceLineEndings("\n"));
        Table(text, SeriesTable.FileName, SeriesTable.Meaning, SeriesTable.Columns.Select(column => column.Column));
        Table(text, ProcessTable.FileName, ProcessTable.Meaning, ProcessTable.Columns.Select(column => column.Column));
        Table(text, HistogramTable.FileName, HistogramTable.Meaning, HistogramTable.Columns.Select(column => column.Column));
        Table(text, FaultKindTable.FileName, FaultKindTable.Meaning, FaultKindTable.Columns.Select(column => column.Column));
        Table(text, FaultTable.FileName, FaultTable.Meaning, FaultTable.Columns.Select(column => column.Column));
        Table(text, SnapshotTable.FileName, SnapshotTable.Meaning, SnapshotTable.Columns.Select(column => column.Column));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string file, string meaning, IEnumerable<ParquetColumn> columns)
    {
        text.Append($"\n## {file}\n\n{meaning}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n");
        foreach (ParquetColumn column in columns)
        {
            string type = column.Nullable ? $"{column.Type}?" : $"{column.Type}";
            string description = column.Metadata[TableMetadata.Description].Replace("|", "\\|");
            text.Append($"| `{column.Name}` | {type} | {column.Metadata[TableMetadata.Unit]} | {description} |\n");
        }
    }
}
