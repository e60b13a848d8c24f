using System;

namespace Sim.Lab.Results;

/// <summary>Results that cannot be read or written. The message is one line: the path, what is wrong with it, how to mend it.</summary>
public sealed class ResultsException : Exception
{
    /// <summary>A failure at a path.</summary>
    public ResultsException(string path, string problem, string mend, Exception? cause = null)
        : base($"{path}: {problem.ReplaceLineEndings(" ").Trim().TrimEnd('.')}; {mend}", cause) => Path = path;

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }
}
