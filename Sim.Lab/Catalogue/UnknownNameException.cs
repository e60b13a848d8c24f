using System;

namespace Sim.Lab.Catalogue;

/// <summary>There is nothing of that name: one line, with the nearest name that there is.</summary>
public sealed class UnknownNameException(string message) : Exception(message);
