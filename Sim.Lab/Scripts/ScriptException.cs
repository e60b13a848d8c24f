using System;
using System.Globalization;

namespace Sim.Lab.Scripts;

/// <summary>A script that cannot be read: file, line, what is wrong and what would be right.</summary>
public sealed class ScriptException : Exception
{
    /// <summary>About a line.</summary>
    public ScriptException(string file, long line, string problem)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {problem}"))
    {
    }

    /// <summary>About the file as a whole.</summary>
    public ScriptException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}
