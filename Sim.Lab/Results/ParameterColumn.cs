using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Results;

/// <summary>
/// A parameter over all runs of a study. Where the runs' values differ in kind, the column takes the kind that holds them all: whole
/// and real numbers become real, any other mixture text.
/// </summary>
/// <param name="Name">The key's path in the study.</param>
/// <param name="Column">The column of runs.parquet.</param>
/// <param name="Kind">The kind of all its values.</param>
public sealed record ParameterColumn(string Name, string Column, ParameterKind Kind)
{
    private const string Prefix = "parameter.";

    /// <summary>The parameters of the runs, in the order in which they are first met.</summary>
    internal static IReadOnlyList<ParameterColumn> Of(IEnumerable<RunRecord> runs) =>
    [
        .. runs.SelectMany(run => run.Parameters).GroupBy(value => value.Name)
            .Select(values => Of(values.Key, Unify([.. values.Select(value => value.Kind).Distinct()]))),
    ];

    internal TableColumn<RunRecord> ToTableColumn()
    {
        string meaning = $"parameter {Name}; null in a run whose study point does not set it";
        TableColumn<RunRecord> column = Kind switch
        {
            ParameterKind.Bytes => TableColumn<RunRecord>.OptionalLong(Column, "bytes", meaning, Number),
            ParameterKind.Nanoseconds => TableColumn<RunRecord>.OptionalReal(Column, "ns", meaning, Number),
            ParameterKind.Whole => TableColumn<RunRecord>.OptionalLong(Column, "number", meaning, Number),
            ParameterKind.Real => TableColumn<RunRecord>.OptionalReal(Column, "number", meaning, Number),
            _ => TableColumn<RunRecord>.OptionalText(Column, meaning, run => ValueIn(run)?.Text),
        };
        return column.With(TableMetadata.Parameter, Name).With(TableMetadata.Kind, Kind.ToString());
    }

    private static ParameterColumn Of(string name, ParameterKind kind)
    {
        string column = new ParameterValue(name, kind, double.NaN, "").Column;
        return new(name, RunTable.IsTaken(column) ? Prefix + column : column, kind);
    }

    private static ParameterKind Unify(ParameterKind[] kinds) => kinds switch
    {
        [var only] => only,
        _ when kinds.All(kind => kind is ParameterKind.Whole or ParameterKind.Real) => ParameterKind.Real,
        _ => ParameterKind.Text,
    };

    private double Number(RunRecord run) => ValueIn(run)?.Number ?? double.NaN;

    private ParameterValue? ValueIn(RunRecord run) => run.Parameters.FirstOrDefault(value => value.Name == Name);
}
