using System;

namespace Sim.Workloads.Traces;

/// <summary>A trace cannot be read: one line that names the file, the line or offset, what is wrong and what would be right.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="line">The line, from 1; 0 where no one line is to blame.</param>
/// <param name="problem">What is wrong and what would be right.</param>
public sealed class TraceFormatException(string file, long line, string problem)
    : Exception(line > 0 ? $"{file}:{line}: {problem}" : $"{file}: {problem}")
{
    /// <summary>The file as the user named it.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1; 0 where no one line is to blame.</summary>
    public long Line { get; } = line;

    /// <summary>The same for a file without lines.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="offset">Bytes before the place, in the uncompressed content.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    public static TraceFormatException AtByte(string file, long offset, string problem) => new(file, 0, $"at byte {offset}: {problem}");
}
