using System;
using System.Collections.Generic;
using System.IO;

namespace Sim.Lab.Results;

/// <summary>The Parquet files of a study. Files that were not written together are refused: a mixture would be read as one study.</summary>
internal sealed class StudyFiles
{
    private readonly string _folder;
    private readonly string _mend;
    private string _digest = "";

    public StudyFiles(string folder)
    {
        _folder = folder;
        _mend = $"run `sim run experiments/{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}.yaml` first";
    }

    /// <summary>Opens runs.parquet, which the others must match.</summary>
    public TableFile OpenRuns()
    {
        TableFile file = Open(RunTable.FileName);
        _digest = file.Metadata(TableMetadata.Runs);
        return file;
    }

    /// <summary>The other tables.</summary>
    public StudyParts Parts(RunKey key) => new(
        () => Read(SeriesTable.FileName, file => SeriesTable.Read(file, key)),
        () => Read(ProcessTable.FileName, file => ProcessTable.Read(file, key)),
        () => Read(HistogramTable.FileName, file => HistogramTable.Read(file, key)),
        () => Read(FaultKindTable.FileName, file => FaultKindTable.Read(file, key)),
        () => ReadIfThere(FaultTable.FileName, file => FaultTable.Read(file, key)),
        () => ReadIfThere(SnapshotTable.FileName, file => SnapshotTable.Read(file, key)));

    private IReadOnlyList<TRow> ReadIfThere<TRow>(string name, Func<TableFile, IReadOnlyList<TRow>> read) => File.Exists(Path.Combine(_folder, name)) ? Read(name, read) : [];

    private IReadOnlyList<TRow> Read<TRow>(string name, Func<TableFile, IReadOnlyList<TRow>> read)
    {
        using TableFile file = Open(name);
        if (file.Metadata(TableMetadata.Runs) != _digest) throw file.Damaged($"is of other runs than {RunTable.FileName}");
        return read(file);
    }

    private TableFile Open(string name) => TableFile.Open(Path.Combine(_folder, name), _mend);
}
