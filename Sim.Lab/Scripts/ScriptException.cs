using System;
using System.Globalization;

namespace Sim.Lab.Scripts;

/// <summary>A script that cannot be read: file, line, what is wrong and what would be right.</summary>
public sealed class ScriptException(string file, long line, string problem)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {problem}"));
