using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>Gives back what an unmapped page held: its frame, its place in a domain, its swap slot.</summary>
internal sealed class PageRelease(FrameArray<Frame> frames, FrameArray<byte> folioBits, PageAllocator allocator, SwapArea swap, FrameDomains domains)
    : IPageRelease
{
    /// <summary>Set once: the table needs the allocator that this one needs too.</summary>
    public TransferTable? Transfers { get; set; }

    /// <summary>What was read ahead of swap; null where nothing is.</summary>
    public SwapCache? SwapCache { get; init; }

    public void ReleaseFrame(FrameNumber frame, ICharge payer)
    {
        domains.Of(frame).OnFree(frame);
        ReleaseSlotOf(frame);
        payer.Charge(Cost.FrameFree);
        allocator.Free(frame, 0, payer.Cpu);
    }

    public void Disclaim(FrameNumber frame)
    {
        ReleaseSlotOf(frame);
        frames[frame.Value].SwapSlot = -1;
        folioBits[frame.Value] &= unchecked((byte)~FolioBits.Dirty);
    }

    public void ShareSlot(int slot) => swap.Share(slot);

    public void ReleaseSlot(int slot, ICharge payer)
    {
        if (SwapCache is not null && !swap.IsShared(slot)) Discard(slot, payer);
        swap.Free(slot);
    }

    public void CancelTransfer(int transfer) => ReleaseSlotOf(Transfers!.Cancel(transfer));

    public void MoveTransfer(int transfer, ulong page) => Transfers!.Move(transfer, page);

    public void ProtectTransfer(int transfer, bool isAccessible, bool isWritable) => Transfers!.Protect(transfer, isAccessible, isWritable);

    public void ReleaseHuge(FrameNumber frame, ICharge payer)
    {
        payer.Charge(Cost.FrameFree);
        allocator.Free(frame, 9, payer.Cpu);
    }

    /// <summary>What was read ahead of a slot goes with it, if need be when the device is done.</summary>
    private void Discard(int slot, ICharge payer)
    {
        bool isCached = SwapCache!.TryFind(slot, out FrameNumber frame);
        SwapCache.Forget(slot);
        if (!isCached) return;
        domains.Of(frame).OnFree(frame);
        frames[frame.Value].SwapSlot = -1;
        if ((frames[frame.Value].Flags & FrameFlags.InTransit) != 0) return;
        payer.Charge(Cost.FrameFree);
        allocator.Free(frame, 0, payer.Cpu);
    }

    private void ReleaseSlotOf(FrameNumber frame)
    {
        int slot = frames[frame.Value].SwapSlot;
        if (slot >= 0) swap.Free(slot);
    }
}
