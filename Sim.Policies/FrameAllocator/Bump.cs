using System;
using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Units;

namespace Sim.Policies.FrameAllocator;

/// <summary>
/// A pointer that only moves up. A frame that comes back is lost until all of the zone's have, and then the pointer starts again: the cheapest allocation
/// that there is, and the worst reuse. For comparison, and for runs that never free.
/// <para>The region allocation of D. T. Ross, "The AED free storage package", CACM 10(8), 1967.</para>
/// </summary>
[Paper("A pointer that only moves up; nothing is reused before everything has come back.", "D. T. Ross, The AED free storage package, CACM 10(8), 1967")]
public sealed class Bump : IFrameAllocatorDesign, IPolicy<Bump, NoOptions>
{
    private Bump()
    {
    }

    public static string Name => "frame-allocator/bump";

    public bool HasPerCpuLists => false;

    public bool GroupsByType => false;

    public bool Compacts => false;

    public static Bump Create(NoOptions options, PolicyContext context) => new();

    public IFrameAllocator ForZone(FrameArray<Frame> frames, PageBlocks blocks, int first, int count) => new Pointer(first, count);

    private sealed class Pointer(int first, int count) : IFrameAllocator
    {
        private readonly int _first = first, _end = first + count;
        private int _next = first;
        private long _taken;

        public long FreeFrames => _end - _next;

        public int TryAllocate(int order, MigrateType type, bool mayFragment)
        {
            // Frames that alignment passes over are lost with the others.
            int block = AlignedNext(order);
            if (block > _end - (1 << order)) return -1;
            _next = block + (1 << order);
            _taken += 1 << order;
            return block;
        }

        public void Free(int block, int order)
        {
            _taken -= 1 << order;
            if (_taken == 0) _next = _first;
        }

        public bool HasBlock(int order) => AlignedNext(order) <= _end - (1 << order);

        public long FreeBlocks(int order, MigrateType type)
        {
            if (type != MigrateType.Unmovable) return 0;
            long blocks = 0;
            for (int frame = _next, end = _end; frame < end;)
            {
                int largest = BuddyAllocator.MaximumOrder;
                while ((frame & ((1 << largest) - 1)) != 0 || frame + (1 << largest) > end) largest--;
                if (largest == order) blocks++;
                frame += 1 << largest;
            }
            return blocks;
        }

        public void CheckInvariants()
        {
            if (_taken < 0 || _taken > _next - _first) throw new InvalidOperationException($"{_taken} frames are taken of the {_next - _first} that were given");
        }

        private int AlignedNext(int order) => (_next + (1 << order) - 1) & -(1 << order);
    }
}
