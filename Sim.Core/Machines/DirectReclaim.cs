using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Reclaim;

namespace Sim.Core.Machines;

/// <summary>
/// Reclaim on behalf of the kernel's own allocations: pages of the domain that the running task belongs to. Dirty pages take their time: the
/// allocation does not wait for them.
/// </summary>
internal sealed class DirectReclaim(Reclaimer reclaimer, PageAllocator pages, KernelHoldings holdings) : IDirectReclaim
{
    /// <summary>Reclaimable objects that go at a time: SHRINK_BATCH.</summary>
    private const int ShrinkBatch = 128;

    private bool _isActive;

    public int Reclaim(int frames, ICharge payer)
    {
        // Reclaim's own allocations do not reclaim: PF_MEMALLOC.
        if (_isActive || payer is not Cpu { Current: { IsKernelThread: false } task }) return 0;
        _isActive = true;
        long before = pages.AllocatedFrames, last;
        holdings.Shrink(ShrinkBatch, payer);
        do
        {
            last = pages.AllocatedFrames;
            reclaimer.TryFreeSome(task.Mm.Domain, payer, task.Process.Counters);
        }
        while (pages.AllocatedFrames < last && before - pages.AllocatedFrames < frames);
        _isActive = false;
        return (int)(before - pages.AllocatedFrames);
    }
}
