namespace Sim.Lab.Results;

/// <summary>The keys under which the Parquet files say what they hold.</summary>
internal static class TableMetadata
{
    /// <summary>Of a column: its unit.</summary>
    public const string Unit = "unit";

    /// <summary>Of a column: one sentence on what it is.</summary>
    public const string Description = "description";

    /// <summary>Of a column of runs.parquet that holds a parameter: the key's path in the study.</summary>
    public const string Parameter = "parameter";

    /// <summary>Of the same: the <see cref="ParameterKind"/>.</summary>
    public const string Kind = "kind";

    /// <summary>Of a file: the study's name.</summary>
    public const string Study = "study";

    /// <summary>Of a file: the version of the tables' layout.</summary>
    public const string Format = "format_version";

    /// <summary>Of a file: the version of the model that computed it.</summary>
    public const string Model = "model_version";

    /// <summary>Of a file: a hash of the runs it is of, equal in all files that were written together.</summary>
    public const string Runs = "runs_digest";

    /// <summary>The version of the tables' layout: raised when a column changes its meaning or goes.</summary>
    public const int FormatVersion = 1;
}
