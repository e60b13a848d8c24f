using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>Where pages go whose mapping is taken away for good.</summary>
public interface IPageRelease
{
    /// <summary>A mapped page ceases to exist: its frame leaves its domain and is free again, and so is its copy in swap.</summary>
    void ReleaseFrame(FrameNumber frame, ICharge payer);

    /// <summary>What an anonymous page holds need not be kept: it counts as clean until it is stored to again, and its copy in swap goes.</summary>
    void Disclaim(FrameNumber frame);

    /// <summary>A page that lies in a swap slot has one more owner.</summary>
    void ShareSlot(int slot);

    /// <summary>A page that lay in a swap slot ceases to exist.</summary>
    void ReleaseSlot(int slot, ICharge payer);

    /// <summary>A page that a device is just bringing in ceases to exist: its frame is freed when the device is done.</summary>
    void CancelTransfer(int transfer);

    /// <summary>A page that a device is just bringing in will be mapped elsewhere in its address space.</summary>
    void MoveTransfer(int transfer, ulong page);

    /// <summary>A page that a device is just bringing in will permit this access.</summary>
    void ProtectTransfer(int transfer, bool isAccessible, bool isWritable);

    /// <summary>A block of frames under a huge mapping is free again.</summary>
    void ReleaseHuge(FrameNumber frame, ICharge payer);
}
