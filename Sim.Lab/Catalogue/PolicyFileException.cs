using System;

namespace Sim.Lab.Catalogue;

/// <summary>A policy file cannot be used: one line that says where in it, what is wrong and what would be right.</summary>
public sealed class PolicyFileException(string file, string message) : Exception($"{file}: {message}");
