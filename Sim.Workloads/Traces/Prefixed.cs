using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>A stream whose first bytes were already read, and are read again: for one that cannot seek, such as a pipe.</summary>
internal sealed class Prefixed(byte[] prefix, Stream rest) : ForwardStream
{
    private int _read;

    public override int Read(Span<byte> buffer)
    {
        if (_read == prefix.Length) return rest.Read(buffer);
        int part = Math.Min(buffer.Length, prefix.Length - _read);
        prefix.AsSpan(_read, part).CopyTo(buffer);
        _read += part;
        return part;
    }
}
