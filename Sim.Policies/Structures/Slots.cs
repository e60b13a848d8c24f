using System.Runtime.CompilerServices;

namespace Sim.Policies.Structures;

/// <summary>The slots of a <see cref="MapleNode"/>, within the node itself: as many as a leaf has, and the two that it may be over-full by.</summary>
[InlineArray(18)]
internal struct Slots<TSlot>
{
    private TSlot _first;
}
