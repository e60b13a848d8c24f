using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Sim.Parquet;

namespace Sim.Lab.Results;

/// <summary>
/// Writes a study's Parquet files. Their bytes depend on the runs and their order only: no time, no host, no number of jobs, and no
/// compressor. All files are written before the first takes its place, and each says which runs it is of, so that a
/// process killed in between leaves the old tables, the new ones, or a mixture that <see cref="Study.Open"/> refuses.
/// </summary>
public sealed class StudyTables
{
    private const int DigestLetters = 16;

    private readonly string _folder;
    private readonly string _study;
    private readonly IReadOnlyList<RunRecord> _runs;
    private readonly string _digest;
    private readonly List<AtomicFile> _files = [];

    private StudyTables(string folder, string study, IReadOnlyList<RunRecord> runs)
    {
        _folder = folder;
        _study = study;
        _runs = runs;
        _digest = Digest(runs);
    }

    /// <summary>Writes the tables of a study.</summary>
    /// <param name="folder">results/STUDY; made if need be.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="runs">The runs in the study's order: by point, then by replication. Rows keep it.</param>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public static void Write(string folder, string study, IReadOnlyList<RunRecord> runs) => new StudyTables(folder, study, runs).Write();

    private void Write()
    {
        var absent = new List<string>();
        try
        {
            Prepare(RunTable.FileName, RunTable.Columns(ParameterColumn.Of(_runs)), _runs);
            PrepareParts(SeriesTable.FileName, SeriesTable.Columns, run => run.Series);
            PrepareParts(ProcessTable.FileName, ProcessTable.Columns, run => run.Processes);
            PrepareParts(HistogramTable.FileName, HistogramTable.Columns, run => run.Histograms);
            PrepareParts(FaultKindTable.FileName, FaultKindTable.Columns, run => run.FaultKinds);
            PrepareIfAny(FaultTable.FileName, FaultTable.Columns, run => run.Faults, absent);
            PrepareIfAny(SnapshotTable.FileName, SnapshotTable.Columns, run => run.Snapshots, absent);
            foreach (AtomicFile file in _files) file.Commit();
        }
        finally
        {
            foreach (AtomicFile file in _files) file.Abandon();
        }

        foreach (string name in absent) AtomicFile.Remove(Path.Combine(_folder, name));
    }

    /// <summary>A table that is left out when no run has a row for it.</summary>
    private void PrepareIfAny<TPart>(string name, IReadOnlyList<TableColumn<RunPart<TPart>>> columns, Func<RunRecord, IReadOnlyList<TPart>> parts, List<string> absent)
    {
        if (_runs.Any(run => parts(run).Count > 0)) PrepareParts(name, columns, parts);
        else absent.Add(name);
    }

    private void PrepareParts<TPart>(string name, IReadOnlyList<TableColumn<RunPart<TPart>>> columns, Func<RunRecord, IReadOnlyList<TPart>> parts) =>
        Prepare(name, columns, _runs.SelectMany(run => parts(run).Select(part => new RunPart<TPart>(run, part))));

    private void Prepare<TRow>(string name, IReadOnlyList<TableColumn<TRow>> columns, IEnumerable<TRow> rows) =>
        _files.Add(AtomicFile.Prepare(Path.Combine(_folder, name), stream =>
        {
            var writer = new ParquetWriter(stream, new ParquetSchema([.. columns.Select(column => column.Column)]));
            writer.Metadata[TableMetadata.Study] = _study;
            writer.Metadata[TableMetadata.Format] = TableMetadata.FormatVersion.ToString(CultureInfo.InvariantCulture);
            writer.Metadata[TableMetadata.Model] = ModelVersion.Current.ToString(CultureInfo.InvariantCulture);
            writer.Metadata[TableMetadata.Runs] = _digest;
            Action<TRow>[] appends = [.. columns.Select((column, index) => column.Open(writer, index))];
            foreach (TRow row in rows)
            {
                foreach (Action<TRow> append in appends) append(row);
                writer.EndRow();
            }

            writer.Complete();
        }));

    private static string Digest(IEnumerable<RunRecord> runs)
    {
        string text = string.Join('\n', runs.Select(run => $"{run.Id} {run.Digest}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLetters];
    }
}
