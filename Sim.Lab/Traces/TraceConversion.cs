using System;
using System.IO;
using System.IO.Compression;
using Sim.Lab.Execution;
using Sim.Lab.Results;
using Sim.Workloads.Traces;

namespace Sim.Lab.Traces;

/// <summary>Writes the references of a trace in another format. Other than its page ids nothing of the trace is kept.</summary>
/// <param name="Format">One of <see cref="TraceWriter.Formats"/>.</param>
/// <param name="IsPacked">Whether the file is packed with gzip.</param>
/// <param name="IsNumbered">Whether pages are numbered from 0 in the order of their first reference, in place of their ids.</param>
public sealed record TraceConversion(TraceFormat Format, bool IsPacked, bool IsNumbered)
{
    private const int BlockLength = 1 << 16;

    /// <summary>Reads a trace to its end and writes a file that appears whole or not at all. Returns the number of references.</summary>
    /// <exception cref="TraceFormatException">The trace is not whole, or has an id that the format cannot hold.</exception>
    /// <exception cref="ResultsException">The file cannot be written.</exception>
    public long Write(TraceReader trace, string path, TraceProgress? progress = null)
    {
        progress?.OnOpened(() => trace.Share, 1);
        AtomicFile.Write(path, file =>
        {
            if (!IsPacked)
            {
                Write(trace, file, progress);
                return;
            }
            using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            Write(trace, packed, progress);
        }, "name another file to write");
        return trace.References;
    }

    private void Write(TraceReader trace, Stream file, TraceProgress? progress)
    {
        var writer = new TraceWriter(file, Format);
        NumberedTrace? numbered = IsNumbered ? new NumberedTrace(trace) : null;
        var ids = new ulong[BlockLength];
        var numbers = new uint[BlockLength];
        long before = 0;
        for (int count = Read(); count > 0; count = Read())
        {
            CheckWidth(trace.Name, ids.AsSpan(0, count), before);
            writer.Write(ids.AsSpan(0, count));
            before += count;
            progress?.OnPassed(count);
            progress?.OnBlock(count);
        }
        writer.Flush();

        int Read()
        {
            if (numbered is null) return trace.Read(ids);
            int count = numbered.Read(numbers);
            for (int i = 0; i < count; i++) ids[i] = numbers[i];
            return count;
        }
    }

    private void CheckWidth(string name, ReadOnlySpan<ulong> ids, long before)
    {
        if (Format != TraceFormat.U32 || ids.IndexOfAnyExceptInRange(0UL, uint.MaxValue) is not (>= 0 and int at)) return;
        throw new TraceFormatException(name, 0,
            $"reference {before + at + 1} is to page {ids[at]}, and u32 holds page ids up to {uint.MaxValue}; write u64 or text, or number the pages with --number");
    }
}
