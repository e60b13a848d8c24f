using System;

namespace Sim.Core.Machines;

/// <summary>A run cannot go on, for a reason that lies in what it was to run: its programs wait for each other, or the machine is too small for them.</summary>
public sealed class RunFailedException(string message) : Exception(message);
