using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.FrameAllocator;

/// <summary>
/// The next free block that is large enough after the one given last, round and round. Free frames are bits of a map; neighbours join by themselves.
/// <para>D. E. Knuth, The Art of Computer Programming 1, section 2.5, exercise 6: algorithm A with a roving pointer.</para>
/// <para>Deviation: blocks are powers of two and aligned to their size, as page tables need them.</para>
/// </summary>
[Paper("The next free block that is large enough after the one given last, round and round.", "D. E. Knuth, The Art of Computer Programming 1, section 2.5, exercise 6: algorithm A with a roving pointer")]
public sealed class NextFit : IFrameAllocatorDesign, IPolicy<NextFit, NoOptions>
{
    private NextFit()
    {
    }

    public static string Name => "frame-allocator/next-fit";

    public bool HasPerCpuLists => false;

    public bool GroupsByType => false;

    public bool Compacts => false;

    public static NextFit Create(NoOptions options, PolicyContext context) => new();

    public IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count) => new Map(first, count);

    private sealed class Map(int first, int count) : IFrameAllocator
    {
        private readonly int _first = first, _end = first + count;
        private readonly FrameBitmap _bitmap = new(first, count);

        private int _rover = first;

        public long FreeFrames => _bitmap.Free;

        public int TryAllocate(int order, MigrateType type, bool mayFragment)
        {
            int block = _bitmap.Find(order, _rover, _end);
            if (block < 0) block = _bitmap.Find(order, _first, _rover);
            if (block < 0) return -1;
            _bitmap.Take(block, order);
            _rover = block + (1 << order);
            return block;
        }

        public void Free(int block, int order)
        {
            _bitmap.Return(block, order);
        }

        public bool HasBlock(int order) => _bitmap.Find(order, _first, _end) >= 0;

        public long FreeBlocks(int order, MigrateType type) => type == MigrateType.Unmovable ? _bitmap.Blocks(order) : 0;

        public void CheckInvariants() => _bitmap.CheckInvariants();
    }
}
