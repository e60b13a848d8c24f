using System;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace Sim.Tests.Programs;

/// <summary>Writes a recording of a process by hand.</summary>
internal sealed class RecordingWriter
{
    private readonly MemoryStream _content = new();

    public RecordingWriter(uint pid, ulong reason, ulong began, ushort version = 1)
    {
        _content.Write("SIMPROG1"u8);
        Word(version | (ulong)pid << 32);
        Extended(4, [pid, 1, reason, began]);
    }

    public long Length => _content.Length;

    public RecordingWriter Word(ulong word)
    {
        _content.Write(BitConverter.GetBytes(word));
        return this;
    }

    public RecordingWriter Load(ulong page) => Word(page << 12 | 1 << 4);

    public RecordingWriter Store(ulong page) => Word(page << 12 | 1 << 4 | 1);

    public RecordingWriter Call(ulong number, ulong first, ulong second, ulong third, ulong fourth, long result) =>
        Extended(1, [number, first, second, third, fourth, ulong.MaxValue, 0, (ulong)result]);

    public RecordingWriter Exec(uint pid) => Extended(4, [pid, 1, 2, 0]);

    public RecordingWriter Anonymous(ulong page, ulong pages) => Extended(2, [page << 12, (page + pages) << 12, 3, 0, 0, 2]);

    public RecordingWriter Extended(ulong type, ulong[] fields, string? text = null)
    {
        byte[] bytes = text is null ? [] : Encoding.UTF8.GetBytes(text + "\0");
        Word((ulong)(fields.Length * 8 + bytes.Length) << 12 | type << 4 | 8);
        foreach (ulong field in fields) Word(field);
        _content.Write(bytes);
        while (_content.Length % 8 != 0) _content.WriteByte(0);
        return this;
    }

    /// <summary>Writes it to a file, and all but its last bytes if so many are to be cut off.</summary>
    public void Save(string path, int cut = 0)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(_content.ToArray().AsSpan(..^cut));
    }
}
