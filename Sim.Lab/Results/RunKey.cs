using System;
using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Results;

/// <summary>The columns by which a row of any other table finds its run, and the runs to be found.</summary>
internal sealed class RunKey
{
    public const string RunId = "run_id";

    public const string Replication = "replication";

    private readonly Dictionary<string, RunRow> _runs;

    public RunKey(IEnumerable<RunRow> runs) => _runs = runs.ToDictionary(run => run.Id);

    /// <summary>The key's columns in a table of a run's parts.</summary>
    public static IReadOnlyList<TableColumn<RunPart<TRow>>> Columns<TRow>() =>
    [
        TableColumn<RunPart<TRow>>.Text(RunId, "the run: runs.parquet has its parameters", part => part.Run.Id),
        TableColumn<RunPart<TRow>>.Int(Replication, TableColumn<RunPart<TRow>>.NoUnit, "the run's replication, from 0", part => part.Run.Replication),
    ];

    /// <summary>The rows of a table, each with its run.</summary>
    public IReadOnlyList<OfRun<TRow>> Join<TRow>(TableFile file, Func<int, TRow> rowAt) =>
    [
        .. file.Texts(RunId).Select((id, row) => new OfRun<TRow>(
            _runs.TryGetValue(id, out RunRow? run) ? run : throw file.Damaged($"names a run {id} that runs.parquet lacks"), rowAt(row))),
    ];
}
