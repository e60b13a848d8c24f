using System;

namespace Sim.Lab.Experiments;

/// <summary>A study cannot be run: one line that says where, what is wrong and what would be right.</summary>
/// <param name="file">The file as the user named it, or the override: --set machine.cpus=2.</param>
/// <param name="line">The line, from 1; 0 where no one line is to blame.</param>
/// <param name="column">The column, from 1; 0 with line 0.</param>
/// <param name="problem">What is wrong; what would be right.</param>
public sealed class StudyException(string file, int line, int column, string problem)
    : Exception(line > 0 ? $"{file}:{line}:{column}: {problem}" : $"{file}: {problem}")
{
    /// <summary>The file as the user named it, or the override.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1; 0 where no one line is to blame.</summary>
    public int Line { get; } = line;

    /// <summary>The column, from 1; 0 with line 0.</summary>
    public int Column { get; } = column;

    /// <summary>The message without its place.</summary>
    public string Problem { get; } = problem;
}
