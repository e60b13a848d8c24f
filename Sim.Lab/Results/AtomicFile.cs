using System;
using System.IO;
using System.Text;

namespace Sim.Lab.Results;

/// <summary>
/// A file that appears whole or not at all: it is written under another name in the same folder, flushed to the device and renamed.
/// A process killed in between leaves the old file, and at most a file that ends in .tmp.
/// </summary>
public sealed class AtomicFile
{
    private const int BufferBytes = 1 << 16;

    private readonly string _path;
    private readonly string _mend;
    private readonly string _temporary;

    private AtomicFile(string path, string mend)
    {
        _path = path;
        _mend = mend;
        _temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
    }

    /// <summary>Writes a file at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="mend">What to do where that is impossible.</param>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public static void Write(string path, Action<Stream> write, string mend = ResultsException.AnotherFolder) => Prepare(path, write, mend).Commit();

    /// <inheritdoc cref="Write(string, Action{Stream}, string)"/>
    public static void Write(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes the content, but under its temporary name; <see cref="Commit"/> or <see cref="Abandon"/> must follow.</summary>
    public static AtomicFile Prepare(string path, Action<Stream> write, string mend = ResultsException.AnotherFolder)
    {
        var file = new AtomicFile(path, mend);
        Guard(path, mend, () =>
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (folder == "/dev") throw new IOException("a device would be replaced by a file");
            Directory.CreateDirectory(folder);
            try
            {
                using var stream = new FileStream(file._temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            catch
            {
                file.Abandon();
                throw;
            }
        });
        return file;
    }

    /// <summary>Removes a file, if it is there.</summary>
    /// <exception cref="ResultsException">The folder cannot be written to.</exception>
    public static void Remove(string path) => Guard(path, ResultsException.AnotherFolder, () => File.Delete(path));

    /// <summary>Puts the content in its place.</summary>
    public void Commit() => Guard(_path, _mend, () => File.Move(_temporary, _path, overwrite: true));

    /// <summary>Drops the content.</summary>
    public void Abandon()
    {
        try
        {
            File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A temporary file that stays behind is never read.
        }
    }

    private static void Guard(string path, string mend, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ResultsException.Unwritable(path, e, mend);
        }
    }
}
