using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces.Files;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>
/// Requests of the page cache to the device of the files, and to that of swap where they read shared memory. Folios that follow each other in a file and are asked for together make one request, of at most
/// as many pages as the device takes at once. Their frames are neither evicted nor freed meanwhile.
/// </summary>
public sealed class FileRequests(BlockDevice disk, BlockDevice swapDevice, SwapArea swap, FrameArray<Frame> frames, PageAllocator allocator, TransferTable transfers, IFileEvents events, CounterSet counters)
{
    /// <summary>The most that a device takes at once: max_sectors_kb is 4096 KiB.</summary>
    private const int MostPages = 1024;

    private readonly List<Folio> _gathered = [];
    private readonly List<Request> _requests = [];
    private readonly Stack<int> _free = new();
    private int _gatheredPages;
    private bool _gathersWrites;

    /// <summary>Requests under way.</summary>
    public int Count => _requests.Count - _free.Count;

    /// <summary>Pages in requests to write.</summary>
    internal long PagesBeingWritten { get; private set; }

    /// <summary>The CPU that the device interrupts when a request is done.</summary>
    public int CpuOf(int request) => _requests[request].Cpu;

    /// <summary>Adds a folio to the request that is being made, or begins another one with it.</summary>
    internal void Gather(Folio folio, bool isWrite, ICharge payer)
    {
        bool follows = _gathered.Count > 0 && isWrite == _gathersWrites && ReferenceEquals(_gathered[^1].File, folio.File) && _gathered[^1].End == folio.Start
            && _gatheredPages + folio.Pages <= MostPages;
        if (!follows) Submit(payer);
        _gathersWrites = isWrite;
        _gathered.Add(folio);
        _gatheredPages += folio.Pages;
        if (isWrite) (folio.IsWriting, PagesBeingWritten) = (true, PagesBeingWritten + folio.Pages);
        else folio.IsReading = true;
        foreach (FrameNumber frame in folio.Frames) frames[frame.Value].Flags |= FrameFlags.InTransit;
    }

    /// <summary>Sends off what has been gathered.</summary>
    internal void Submit(ICharge payer)
    {
        if (_gathered.Count == 0) return;
        payer.Charge(Cost.DeviceSubmit);
        if (!_free.TryPop(out int index))
        {
            index = _requests.Count;
            _requests.Add(default);
        }
        _requests[index] = new Request([.. _gathered], _gathersWrites, payer.Cpu);
        bool isSwap = _gathered[0].SwapSlot >= 0;
        if (!isSwap) counters.Add(_gathersWrites ? Counter.FileWriteRequests : Counter.FileReadRequests);
        counters.Add(isSwap ? Counter.Pswpin : _gathersWrites ? Counter.NrWritten : Counter.FilePagesRead, _gatheredPages);
        BlockDevice device = isSwap ? swapDevice : disk;
        events.ScheduleRequestDone(device.Submit(payer.Now, _gathersWrites, _gatheredPages), index);
        _gathered.Clear();
        _gatheredPages = 0;
    }

    /// <summary>A folio has been broken up while a device is at work on it.</summary>
    internal void Replace(Folio folio, IReadOnlyList<Folio> pieces)
    {
        foreach (Request request in _requests)
        {
            if (request.Folios is not { } folios || folios.IndexOf(folio) is not (>= 0 and var at)) continue;
            folios.RemoveAt(at);
            folios.InsertRange(at, pieces);
        }
    }

    /// <summary>The device is done with a request: what was read may be used, and who waited goes on.</summary>
    public void OnDone(int index)
    {
        (List<Folio>? folios, bool isWrite, int cpu) = _requests[index];
        _requests[index] = default;
        _free.Push(index);
        foreach (Folio folio in folios!)
        {
            if (isWrite) (folio.IsWriting, PagesBeingWritten) = (false, PagesBeingWritten - folio.Pages);
            else
            {
                folio.IsReading = false;
                GiveUpSlot(folio);
            }
            foreach (FrameNumber frame in folio.Frames)
            {
                frames[frame.Value].Flags &= ~FrameFlags.InTransit;
                if (folio.IsGone) allocator.Free(frame, 0, cpu);
            }
        }
        foreach (Folio folio in folios) folio.WakeAll();
        transfers.WakeWaitingForAny();
    }

    /// <summary>A page of shared memory gives its slot up, if it has one: it has been read from there, or is gone.</summary>
    internal void GiveUpSlot(Folio folio)
    {
        if (folio.SwapSlot >= 0) swap.Free(folio.SwapSlot);
        folio.SwapSlot = -1;
    }

    private readonly record struct Request(List<Folio>? Folios, bool IsWrite, int Cpu);
}
