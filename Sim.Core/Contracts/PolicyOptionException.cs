using System;

namespace Sim.Core.Contracts;

/// <summary>A policy's options are wrong by themselves or for the domain: one line, with the value and what would be right.</summary>
public sealed class PolicyOptionException(string message) : Exception(message);
