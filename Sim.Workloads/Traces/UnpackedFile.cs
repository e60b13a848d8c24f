using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>A file's bytes, unpacked where its content is gzip, whatever its name says.</summary>
/// <param name="path">The file, which must exist.</param>
public sealed class UnpackedFile(string path) : ForwardStream
{
    private readonly TraceContent _content = new(File.OpenRead(path), path);

    /// <summary>What is wrong with the packing, once a read has returned 0; null if nothing is.</summary>
    public string? Problem => _content.Problem;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _content.Read(buffer);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _content.Dispose();
        base.Dispose(disposing);
    }
}
