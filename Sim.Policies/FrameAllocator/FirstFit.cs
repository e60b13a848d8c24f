using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;
using Sim.Policies.Structures;

namespace Sim.Policies.FrameAllocator;

/// <summary>
/// The free block with the lowest address that is large enough. Free frames are bits of a map; neighbours join by themselves.
/// <para>D. E. Knuth, The Art of Computer Programming 1, section 2.5, algorithm A.</para>
/// <para>Deviation: blocks are powers of two and aligned to their size, as page tables need them.</para>
/// </summary>
[Paper("The free block with the lowest address that is large enough.", "D. E. Knuth, The Art of Computer Programming 1, section 2.5, algorithm A")]
public sealed class FirstFit : IFrameAllocatorDesign, IPolicy<FirstFit, NoOptions>
{
    private FirstFit()
    {
    }

    public static string Name => "frame-allocator/first-fit";

    public bool HasPerCpuLists => false;

    public bool GroupsByType => false;

    public bool Compacts => false;

    public static FirstFit Create(NoOptions options, PolicyContext context) => new();

    public IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count) => new Map(first, count);

    private sealed class Map(int first, int count) : IFrameAllocator
    {
        private readonly int _first = first, _end = first + count;
        private readonly FrameBitmap _bitmap = new(first, count);

        // No single frame below this one is free.
        private int _lowest = first;

        public long FreeFrames => _bitmap.Free;

        public int TryAllocate(int order, MigrateType type, bool mayFragment)
        {
            int block = _bitmap.Find(order, order == 0 ? _lowest : _first, _end);
            if (block < 0) return -1;
            _bitmap.Take(block, order);
            if (order == 0) _lowest = block + 1;
            return block;
        }

        public void Free(int block, int order)
        {
            _bitmap.Return(block, order);
            _lowest = System.Math.Min(_lowest, block);
        }

        public bool HasBlock(int order) => _bitmap.Find(order, _first, _end) >= 0;

        public long FreeBlocks(int order, MigrateType type) => type == MigrateType.Unmovable ? _bitmap.Blocks(order) : 0;

        public void CheckInvariants() => _bitmap.CheckInvariants();
    }
}
