using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>
/// All transfers under way between memory and the swap device, and pages of files that are written so that their frames can go to others.
/// <code>
///   victim dirty:  write ---> (page was in swap) read ---> map, wake        victim clean:  read ---> map, wake
///                        `--> (page is new) map, wake                       write alone:   write ---> free the frame
/// </code>
/// </summary>
public sealed unsafe class TransferTable(FrameArray<Frame> frames, ReverseMap reverseMap, PageAllocator allocator, BlockDevice device, IDeviceEvents events,
    FrameDomains domains)
{
    private readonly List<Transfer> _transfers = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<int, Folio> _leaving = [];
    private readonly Dictionary<int, int> _ahead = [];
    private readonly List<IWaitingTask> _waitingForAny = [];

    /// <summary>The device of the files and what their pages leave by; null where there are no files.</summary>
    internal (BlockDevice Device, FileEviction Eviction)? Files { get; set; }

    /// <summary>Transfers under way.</summary>
    public int Count => _transfers.Count - _free.Count;

    /// <summary>Brings a page in and maps it as <paramref name="mapping"/> says. The domain already counts the frame as the page's.</summary>
    /// <param name="grant">The frame, ready or still to be written.</param>
    /// <param name="mm">The address space.</param>
    /// <param name="page">The page.</param>
    /// <param name="entry">Its entry, which says from now on that the page is in transit.</param>
    /// <param name="mapping">What the entry shall be.</param>
    /// <param name="isRead">Whether the page must be read.</param>
    /// <param name="payer">Who submits.</param>
    /// <param name="waiter">Who waits.</param>
    /// <param name="run">Frames that are read in one request, the page's own among them; null for that alone.</param>
    internal void BringIn(FrameGrant grant, Mm mm, ulong page, ulong* entry, ulong mapping, bool isRead, ICharge payer, IWaitingTask waiter, List<FrameNumber>? run = null)
    {
        int index = Take(grant.Frame, payer, out Transfer transfer);
        bool writesFirst = grant.Kind == FrameGrantKind.MustWrite;
        (transfer.Mm, transfer.Page, transfer.Mapping, transfer.ReadFollows) = (mm, page, mapping, isRead && writesFirst);
        transfer.Waiter = waiter;
        if (run is { Count: > 1 }) NoteAhead(transfer, index, run);
        Hardware.PageTables.PageTable.Set(entry, PageTableEntry.OfTransfer(index));
        Submit(index, payer.Now, writesFirst);
    }

    /// <summary>Reads pages ahead in one request, into frames that are held.</summary>
    internal void ReadAhead(List<FrameNumber> run, ICharge payer)
    {
        int index = Take(run[0], payer, out Transfer transfer);
        NoteAhead(transfer, index, run);
        Submit(index, payer.Now, isWrite: false);
    }

    /// <summary>A task waits for a page that is being read ahead.</summary>
    internal void JoinAhead(FrameNumber frame, IWaitingTask waiter) => Join(_ahead[frame.Value], waiter);

    /// <summary>Reads a page at once, where the device works synchronously; false where it does not.</summary>
    public bool TryReadNow(ICharge payer) => TryServe(payer, isWrite: false);

    /// <summary>Writes an unmapped frame to its swap slot at once, where the device works synchronously; false where it does not.</summary>
    public bool TryWriteNow(ICharge payer) => TryServe(payer, isWrite: true);

    /// <summary>Writes an unmapped frame to its swap slot, or its page to its file, and frees it when that is done.</summary>
    internal void WriteAndFree(FrameNumber frame, ICharge payer)
    {
        int index = Take(frame, payer, out _);
        Submit(index, payer.Now, isWrite: true);
    }

    /// <summary>The transfer that a frame takes part in next begins by writing a page to its file.</summary>
    internal void Leave(FrameNumber frame, Folio page) => _leaving.Add(frame.Value, page);

    /// <summary>Another task waits for a page that is in transit already.</summary>
    public void Join(int index, IWaitingTask waiter) => (_transfers[index].OtherWaiters ??= []).Add(waiter);

    /// <summary>A task waits for any transfer to end.</summary>
    public void JoinAny(IWaitingTask waiter) => _waitingForAny.Add(waiter);

    /// <summary>The page that was to come in is unmapped; the caller has emptied the entry, and gives back the slot of the frame, which is returned.</summary>
    public FrameNumber Cancel(int index)
    {
        Transfer transfer = _transfers[index];
        domains.Of(transfer.Frame).OnFree(transfer.Frame);
        transfer.IsCancelled = true;
        return transfer.Frame;
    }

    /// <summary>The page that comes in will lie elsewhere in its address space; the caller moves the entry.</summary>
    public void Move(int index, ulong page) => _transfers[index].Page = page;

    /// <summary>The page that comes in will permit this access.</summary>
    public void Protect(int index, bool isAccessible, bool isWritable) =>
        _transfers[index].Mapping = PageTableEntry.WithAccess(_transfers[index].Mapping, isAccessible, isWritable);

    /// <summary>The CPU that the device interrupts when a transfer goes on.</summary>
    public int CpuOf(int index) => _transfers[index].Cpu;

    /// <summary>The device is done with one request of a transfer.</summary>
    public void OnDeviceDone(int index, SimTime now)
    {
        Transfer transfer = _transfers[index];
        Folio? left = transfer.Leaving;
        transfer.Leaving = null;
        if (left is not null) Files!.Value.Eviction.OnLeft(left);
        if (transfer.ReadFollows && !transfer.IsCancelled)
        {
            transfer.ReadFollows = false;
            Submit(index, now, isWrite: false);
            left?.WakeAll();
            return;
        }
        if (transfer.Ahead is { } run)
        {
            foreach (FrameNumber ahead in run)
            {
                if (_ahead.Remove(ahead.Value)) Arrive(ahead, transfer.Cpu);
            }
        }
        if (transfer.Mm is not null || transfer.Ahead is null) Arrive(transfer);
        IWaitingTask? waiter = transfer.Waiter;
        _free.Push(index);
        waiter?.Wake();
        left?.WakeAll();
        if (transfer.OtherWaiters is { Count: > 0 } others) WakeAll(others);
        WakeWaitingForAny();
    }

    /// <summary>A transfer, or a request for files, has ended.</summary>
    internal void WakeWaitingForAny()
    {
        if (_waitingForAny.Count > 0) WakeAll(_waitingForAny);
    }

    /// <summary>The transfer's own frame is free, or the page in it is mapped.</summary>
    private void Arrive(Transfer transfer)
    {
        ref Frame frame = ref frames[transfer.Frame.Value];
        frame.Flags &= ~FrameFlags.InTransit;
        if (transfer.Mm is null || transfer.IsCancelled)
        {
            allocator.Free(transfer.Frame, 0, transfer.Cpu);
            return;
        }
        reverseMap.Map(ref frame, transfer.Mm.PageTable.Find(transfer.Page), transfer.Mapping);
        transfer.Mm.AddResident(1);
    }

    /// <summary>A page that was read ahead is there; its frame is free if its slot has been given up meanwhile.</summary>
    private void Arrive(FrameNumber ahead, int cpu)
    {
        frames[ahead.Value].Flags &= ~FrameFlags.InTransit;
        if (frames[ahead.Value].SwapSlot < 0) allocator.Free(ahead, 0, cpu);
    }

    private void NoteAhead(Transfer transfer, int index, List<FrameNumber> run)
    {
        transfer.Ahead = run;
        foreach (FrameNumber frame in run)
        {
            if (transfer.Mm is null || frame != transfer.Frame) _ahead.Add(frame.Value, index);
        }
    }

    private int Take(FrameNumber frame, ICharge payer, out Transfer transfer)
    {
        payer.Charge(Cost.DeviceSubmit);
        if (!_free.TryPop(out int index))
        {
            index = _transfers.Count;
            _transfers.Add(new Transfer());
        }
        transfer = _transfers[index];
        (transfer.Frame, transfer.Cpu, transfer.Mm, transfer.Waiter, transfer.ReadFollows, transfer.IsCancelled) = (frame, payer.Cpu, null, null, false, false);
        transfer.Ahead = null;
        transfer.Leaving = _leaving.Count > 0 && _leaving.Remove(frame.Value, out Folio? page) ? page : null;
        frames[frame.Value].Flags |= FrameFlags.InTransit;
        return index;
    }

    private bool TryServe(ICharge payer, bool isWrite)
    {
        if (!device.IsSynchronous) return false;
        events.Count(isWrite ? Counter.Pswpout : Counter.Pswpin);
        payer.ChargeDevice(device.Serve(isWrite));
        return true;
    }

    private void Submit(int index, SimTime now, bool isWrite)
    {
        bool isForFile = _transfers[index].Leaving is { SwapSlot: < 0 };
        int pages = _transfers[index].Ahead?.Count ?? 1;
        events.Count(isForFile ? Counter.NrWritten : isWrite ? Counter.Pswpout : Counter.Pswpin, pages);
        BlockDevice target = isForFile ? Files!.Value.Device : device;
        events.ScheduleDeviceDone(target.Submit(now, isWrite, pages), index);
    }

    private static void WakeAll(List<IWaitingTask> waiters)
    {
        foreach (IWaitingTask waiter in waiters) waiter.Wake();
        waiters.Clear();
    }
}
