using System;
using System.Collections.Concurrent;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Sim.Workloads.Traces;

/// <summary>
/// A thread that unpacks the rest of a gzip file ahead of its reader, as far as a few buffers go. Where the content ends or breaks off, and whatever reading the file throws, the
/// reader meets at the same byte as without it.
/// <code>
///   file -> thread -> | full buffers, in order | -> reader
///             ^------ |     empty buffers      | <----'
/// </code>
/// </summary>
internal sealed class UnpackingThread : IDisposable
{
    private const int Buffers = 4;
    private const int BufferBytes = 64 * 1024;
    private readonly GzipContent _content;
    private readonly Stream _file;
    private readonly BlockingCollection<byte[]> _empty = [];
    private readonly BlockingCollection<ArraySegment<byte>> _full = [];
    private ArraySegment<byte> _current;
    private int _read;
    private ExceptionDispatchInfo? _error;
    private volatile bool _isLeft;

    /// <summary>Begins to unpack. The file is the thread's from now on, which disposes of it.</summary>
    public UnpackingThread(GzipContent content, Stream file)
    {
        (_content, _file) = (content, file);
        for (int i = 0; i < Buffers; i++) _empty.Add(new byte[BufferBytes]);
        new Thread(Unpack) { IsBackground = true, Name = "unpacking" }.Start();
    }

    /// <summary>The next bytes of content; 0 at the end, whether it is the file's or a break.</summary>
    public int Read(Span<byte> buffer)
    {
        if (_read == _current.Count && !TryTurn()) return 0;
        int part = Math.Min(buffer.Length, _current.Count - _read);
        _current.AsSpan(_read, part).CopyTo(buffer);
        _read += part;
        return part;
    }

    /// <summary>Nobody reads any more. Does not wait for the thread, which may wait for whoever fills a pipe.</summary>
    public void Dispose()
    {
        _isLeft = true;
        _empty.CompleteAdding();
    }

    private bool TryTurn()
    {
        if (_current.Array is { } empty) _empty.Add(empty);
        _read = 0;
        if (_full.TryTake(out _current, Timeout.Infinite)) return true;
        _error?.Throw();
        return false;
    }

    private void Unpack()
    {
        foreach (byte[] buffer in _empty.GetConsumingEnumerable())
        {
            int length = Fill(buffer);
            if (length > 0) _full.Add(new ArraySegment<byte>(buffer, 0, length));
            if (length < buffer.Length) break;
        }
        _full.CompleteAdding();
        _file.Dispose();
    }

    private int Fill(Span<byte> buffer)
    {
        int length = 0;
        try
        {
            while (length < buffer.Length && !_isLeft && _content.Read(buffer[length..]) is > 0 and int more) length += more;
        }
        catch (Exception error)
        {
            _error = ExceptionDispatchInfo.Capture(error);
        }
        return length;
    }
}
