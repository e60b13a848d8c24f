using System;
using System.IO;

namespace Sim.Workloads.Traces;

/// <summary>Opens a trace of any <see cref="TraceFormat"/>, plain or packed with gzip.</summary>
public static class TraceFile
{
    private const int FileBuffer = 64 * 1024;

    /// <summary>Opens a file. Throws a <see cref="TraceFormatException"/> where it begins as no trace does.</summary>
    public static TraceReader Open(string path, TraceOptions? options = null) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBuffer, FileOptions.SequentialScan), path, options);

    /// <summary>Opens a stream, which is disposed of with the reader; the name stands in error messages.</summary>
    public static TraceReader Open(Stream file, string name, TraceOptions? options = null)
    {
        var content = new TraceContent(file, name);
        try
        {
            bool instructions = (options ?? TraceOptions.Default).Instructions;
            TraceFormat format = options?.Format ?? TraceRecognition.Of(content);
            return format switch
            {
                TraceFormat.Text => new TextTrace(content),
                TraceFormat.U32 or TraceFormat.U64 => new BinaryTrace(content, format),
                TraceFormat.OracleGeneral => new OracleGeneralTrace(content),
                TraceFormat.ChampSim => new ChampSimTrace(content, instructions),
                TraceFormat.Lackey => new LackeyTrace(content, instructions),
                _ => throw new ArgumentOutOfRangeException(nameof(options), format, "there is no such format"),
            };
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }
}
