using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>A stream whose first bytes were already read, and are read again: for one that cannot seek, such as a pipe.</summary>
internal sealed class Prefixed(byte[] prefix, Stream rest) : Stream
{
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_read == prefix.Length) return rest.Read(buffer);
        int part = Math.Min(buffer.Length, prefix.Length - _read);
        prefix.AsSpan(_read, part).CopyTo(buffer);
        _read += part;
        return part;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
