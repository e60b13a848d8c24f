namespace Sim.Lab.Experiments.Documents;

/// <summary>A node of a study's document. Immutable: a sweep makes changed copies that share what they do not change.</summary>
internal abstract record Node(SourceMark Mark);
