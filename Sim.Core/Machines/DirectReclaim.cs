using Sim.Core.Contracts;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Processes;
using Sim.Core.Reclaim;

namespace Sim.Core.Machines;

/// <summary>
/// Reclaim on behalf of the kernel's own allocations: pages of the domain that the running task belongs to, or of all domains in turn where none runs, as
/// when a process starts. Dirty pages take their time: the allocation does not wait for them.
/// </summary>
internal sealed class DirectReclaim(Reclaimer reclaimer, PageAllocator pages, KernelHoldings holdings, FrameDomains domains, CounterSet counters) : IDirectReclaim
{
    /// <summary>Reclaimable objects that go at a time: SHRINK_BATCH.</summary>
    private const int ShrinkBatch = 128;

    private bool _isActive;

    public int Reclaim(int frames, ICharge payer)
    {
        // Reclaim's own allocations do not reclaim: PF_MEMALLOC.
        if (_isActive || payer is not Cpu cpu) return 0;
        SimTask? task = cpu.Current is { IsKernelThread: false } current ? current : null;
        IReclaimDomain[] from = task is null ? [.. domains.All] : [task.Mm.Domain];
        _isActive = true;
        long before = pages.AllocatedFrames, last;
        holdings.Shrink(ShrinkBatch, payer);
        do
        {
            last = pages.AllocatedFrames;
            foreach (IReclaimDomain domain in from) reclaimer.TryFreeSome(domain, payer, task?.Process.Counters ?? counters);
        }
        while (pages.AllocatedFrames < last && before - pages.AllocatedFrames < frames);
        _isActive = false;
        return (int)(before - pages.AllocatedFrames);
    }
}
