namespace Sim.Lab.Experiments.Documents;

/// <summary>A key of a map with its value.</summary>
internal sealed record MapEntry(string Key, SourceMark KeyMark, Node Value);
