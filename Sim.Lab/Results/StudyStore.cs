using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sim.Lab.Results;

/// <summary>
/// The journal of a study's finished runs: one file a run in the folder .runs, so that a study that was stopped goes on where it was.
/// A record is there whole or not at all; one that cannot be used is passed over, said in <see cref="Warnings"/>, and computed anew.
/// All members may be called from any thread.
/// </summary>
public sealed class StudyStore
{
    private const string FolderName = ".runs";
    private const string Extension = ".run";

    private readonly string _folder;
    private readonly ConcurrentQueue<string> _warnings = new();

    /// <summary>The journal below a study's results, results/STUDY. The folder is made with the first record.</summary>
    public StudyStore(string studyFolder) => _folder = Path.Combine(studyFolder, FolderName);

    /// <summary>One line for each record that was passed over.</summary>
    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>The file of a run.</summary>
    /// <exception cref="ArgumentException">The identity is not one.</exception>
    public string PathOf(string id) => id.Length > 0 && id.All(char.IsAsciiHexDigit)
        ? Path.Combine(_folder, id + Extension)
        : throw new ArgumentException($"a run's identity is hexadecimal digits, not '{id}'", nameof(id));

    /// <summary>The record of a run, exactly as it was written; false where there is none that can be used.</summary>
    public bool TryRead(string id, out RunRecord record)
    {
        record = null!;
        string path = PathOf(id);
        try
        {
            if (!File.Exists(path)) return false;
            RunRecord read = RunRecordFormat.Decode(File.ReadAllBytes(path));
            if (read.Id != id) throw new InvalidDataException($"holds run {read.Id}");
            record = read;
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _warnings.Enqueue($"{path}: {e.Message.TrimEnd('.')}; the run is computed again");
            return false;
        }
    }

    /// <summary>Keeps a run. It is on the device when this returns.</summary>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public void Write(RunRecord record)
    {
        byte[] content = RunRecordFormat.Encode(record);
        AtomicFile.Write(PathOf(record.Id), stream => stream.Write(content));
    }
}
