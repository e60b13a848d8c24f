using Sim.Core.Units;

namespace Sim.Core.Physical.Buddy;

/// <summary>The migrate type of each page block of 512 frames: which free list its frames go to.</summary>
public sealed class PageBlocks
{
    /// <summary>log2 of the frames of a page block: a 2 MiB page.</summary>
    public const int Order = 9;

    /// <summary>Below this many page blocks Linux does not group by type: one for each of MIGRATE_TYPES.</summary>
    private const int FewestToGroup = 5;

    // Kept as the difference from the type that all blocks have at first, so that blocks of untouched memory are zeros.
    private readonly FrameArray<byte> _types;
    private readonly byte _initial;

    /// <summary>The page blocks of a machine, all movable; or all unmovable, where pages are not grouped.</summary>
    /// <param name="frames">Frames of the machine.</param>
    /// <param name="groups">Whether to group, if memory is large enough to.</param>
    public PageBlocks(long frames, bool groups)
    {
        _types = new FrameArray<byte>((frames + (1 << Order) - 1) >> Order);
        Groups = groups && frames >= FewestToGroup << Order;
        _initial = (byte)(Groups ? MigrateType.Movable : MigrateType.Unmovable);
    }

    /// <summary>Whether pages are grouped by type at all.</summary>
    public bool Groups { get; }

    /// <summary>The type of blocks that nobody has used yet.</summary>
    public MigrateType Initial => (MigrateType)_initial;

    /// <summary>The type of the block that a frame lies in.</summary>
    public MigrateType this[int frame]
    {
        get => (MigrateType)(_types[frame >> Order] ^ _initial);
        set => _types[frame >> Order] = (byte)((byte)value ^ _initial);
    }
}
