using System;
using System.IO;

namespace Sim.Lab.Results;

/// <summary>Results that cannot be read or written. The message is one line: the path, what is wrong with it, how to mend it.</summary>
public sealed class ResultsException : Exception
{
    /// <summary>The mend where results cannot be written.</summary>
    internal const string AnotherFolder = "choose another folder with --out";

    /// <summary>A failure at a path.</summary>
    public ResultsException(string path, string problem, string mend, Exception? cause = null)
        : base($"{path}: {problem.ReplaceLineEndings(" ").Trim().TrimEnd('.')}; {mend}", cause) => Path = path;

    /// <summary>A file or folder that cannot be written.</summary>
    public static ResultsException Unwritable(string path, Exception cause, string mend = AnotherFolder)
    {
        string reason = cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => "no such folder can be made",
            UnauthorizedAccessException => "access is denied",
            _ => cause.Message.Split(" : '")[0].TrimEnd('.'),
        };
        return new(path, $"cannot be written ({reason})", mend, cause);
    }

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }
}
