namespace Sim.Lab.Experiments.Documents;

/// <summary>A piece of text.</summary>
/// <param name="Mark">Where it begins.</param>
/// <param name="Text">The text, without quotes.</param>
internal sealed record ScalarNode(SourceMark Mark, string Text) : Node(Mark);
