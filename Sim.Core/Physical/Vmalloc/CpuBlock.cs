namespace Sim.Core.Physical.Vmalloc;

/// <summary>
/// A block of 4 MiB of addresses that a CPU cuts small areas from, front to back. What is freed is dirty: it is used again only when the whole block
/// has become so and was flushed. vmap_block of mm/vmalloc.c.
/// </summary>
internal sealed class CpuBlock(long first)
{
    /// <summary>Pages of a block: VMAP_BBMAP_BITS on 64 bits.</summary>
    public const int BlockPages = 1024;

    /// <summary>The largest area: VMAP_MAX_ALLOC.</summary>
    public const int MostPages = 64;

    public long First { get; } = first;

    /// <summary>Pages not cut off yet.</summary>
    public int Free { get; private set; } = BlockPages;

    /// <summary>Pages that were freed.</summary>
    public int Dirty { get; private set; }

    public bool IsSpent => Dirty == BlockPages;

    public long Take(int pages)
    {
        long first = First + BlockPages - Free;
        Free -= pages;
        return first;
    }

    public void Return(int pages) => Dirty += pages;

    /// <summary>What was not cut off yet counts as freed.</summary>
    public void GiveUpRest()
    {
        Dirty += Free;
        Free = 0;
    }
}
