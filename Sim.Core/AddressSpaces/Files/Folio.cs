using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.AddressSpaces.Files;

/// <summary>Pages of a file that came into the page cache as one: 2^order of them, aligned to their number. Each lies in a frame of its own.</summary>
/// <param name="file">The file.</param>
/// <param name="start">The file's page at its start.</param>
/// <param name="frames">Where its pages lie, in order.</param>
public sealed class Folio(FileObject file, ulong start, FrameNumber[] frames)
{
    private List<IWaitingTask>? _waiting;

    /// <summary>The file.</summary>
    internal FileObject File { get; } = file;

    /// <summary>The file's page at its start.</summary>
    public ulong Start { get; } = start;

    /// <summary>Where its pages lie, in order.</summary>
    internal FrameNumber[] Frames { get; } = frames;

    /// <summary>Its pages.</summary>
    public int Pages => Frames.Length;

    /// <summary>The file's page after its last.</summary>
    public ulong End => Start + (ulong)Frames.Length;

    /// <summary>Whether it was here before and was evicted: PG_workingset, for which Linux asks more.</summary>
    public bool IsRefaulted { get; init; }

    /// <summary>Whether whoever reaches it shall read on: PG_readahead.</summary>
    public bool IsReadaheadMark { get; internal set; }

    /// <summary>Whether the device is just reading it: it holds nothing yet, and whoever wants it waits.</summary>
    public bool IsReading { get; internal set; }

    /// <summary>Whether the device is just writing it. It may be used meanwhile, and stored to.</summary>
    public bool IsWriting { get; internal set; }

    /// <summary>Whether it is being written so that its frame can go to somebody else: whoever wants it waits, and then reads it anew.</summary>
    public bool IsLeaving { get; internal set; }

    /// <summary>Whether it has left its file while a device was at work on it: its frames are free when that is over.</summary>
    internal bool IsGone { get; set; }

    /// <summary>What the policy remembers of a page that is leaving.</summary>
    internal Shadow Shadow { get; set; }

    /// <summary>Shared memory's slot of swap while the page is on its way there or back; -1 otherwise.</summary>
    internal int SwapSlot { get; set; } = -1;

    /// <summary>Whether somebody must wait before it can be used.</summary>
    public bool MustBeWaitedFor => IsReading || IsLeaving;

    /// <summary>Whether a device is at work on its frames.</summary>
    internal bool IsInFlight => IsReading || IsWriting;

    /// <summary>The frame of one of its pages.</summary>
    public FrameNumber FrameOf(ulong page) => Frames[(int)(page - Start)];

    /// <summary>A task waits until the device is done with it.</summary>
    internal void Join(IWaitingTask task) => (_waiting ??= []).Add(task);

    /// <summary>The device is done with it.</summary>
    internal void WakeAll()
    {
        if (_waiting is not { } waiting) return;
        _waiting = null;
        foreach (IWaitingTask task in waiting) task.Wake();
    }
}
