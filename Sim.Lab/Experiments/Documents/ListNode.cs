using System.Collections.Generic;
using System.Linq;

namespace Sim.Lab.Experiments.Documents;

/// <summary>A sequence.</summary>
internal sealed record ListNode(SourceMark Mark, IReadOnlyList<Node> Items) : Node(Mark)
{
    /// <summary>A copy with one item replaced.</summary>
    public ListNode With(int index, Node value) => new(Mark, [.. Items.Take(index), value, .. Items.Skip(index + 1)]);
}
