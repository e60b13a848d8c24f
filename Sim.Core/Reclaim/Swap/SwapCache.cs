using Sim.Core.Units;

namespace Sim.Core.Reclaim.Swap;

/// <summary>
/// Where the page of each slot is: in a frame that it was read into ahead and that nothing maps, or in the slot alone. A slot says so while entries alone own it;
/// one that a frame with a mapping has too, and may come to differ from, is not known here.
/// <code>
///   evicted --> away -- read ahead --> in a frame -- evicted --> away
///                 '-------- fault -----> not known &lt;-- fault --'
/// </code>
/// </summary>
public sealed class SwapCache(int slots)
{
    private const int NotKnown = 0, Away = -1;

    /// <summary>What stands above, or the frame's number plus one.</summary>
    private readonly FrameArray<int> _where = new(slots);

    /// <summary>Whether the page of a slot can be read ahead: it is nowhere else.</summary>
    public bool IsAway(long slot) => slot >= 0 && slot < slots && _where[(int)slot] == Away;

    /// <summary>Whether the page of a slot was read ahead, and into which frame.</summary>
    public bool TryFind(int slot, out FrameNumber frame)
    {
        frame = new FrameNumber(_where[slot] - 1);
        return _where[slot] > 0;
    }

    /// <summary>The page of a slot is being read ahead.</summary>
    internal void Add(int slot, FrameNumber frame) => _where[slot] = frame.Value + 1;

    /// <summary>A frame with the page of a slot is given up. Of a slot with several owners it is not known whether other frames have its page.</summary>
    internal void OnEvicted(int slot, bool hasOneOwner) => _where[slot] = hasOneOwner ? Away : NotKnown;

    /// <summary>A mapped frame has the page of a slot from now on, or nobody has.</summary>
    internal void Forget(int slot) => _where[slot] = NotKnown;
}
