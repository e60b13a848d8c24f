using System;

namespace Sim.Cli;

/// <summary>An option's value is wrong: one line that says what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
