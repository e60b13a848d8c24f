using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Machines;
using Sim.Workloads.Programs;

namespace Sim.Lab.Programs;

/// <summary>System V segments that recorded programs share, by their recorded identifiers.</summary>
internal sealed class ReplayedSegments(PagedKernel kernel)
{
    private const ulong RemoveCommand = 0;
    private const ulong ReadOnly = 0x1000;
    private readonly Dictionary<ulong, (int Identifier, bool IsRemoved)> _segments = [];

    /// <summary>shmget that succeeded: the segment is made when its identifier is first seen. One that was removed leaves its identifier to another.</summary>
    public void Get(ProgramRecording recording)
    {
        ulong recorded = recording.Fields[7];
        if (_segments.TryGetValue(recorded, out var known) && !known.IsRemoved) return;
        long made = kernel.Calls.Segments.Get(SharedSegments.PrivateKey, recording.Fields[2], create: true, exclusive: false);
        if (made < 0) throw recording.Error($"the segment {recorded} is older than the recording, which does not say how long it is");
        _segments[recorded] = ((int)made, false);
    }

    /// <summary>shmat that succeeded: attaches at the recorded address, and returns the address or an error.</summary>
    public long Attach(Mm mm, ProgramRecording recording)
    {
        (ulong recorded, ulong flags, ulong address) = (recording.Fields[1], recording.Fields[3], recording.Fields[7]);
        if (!_segments.TryGetValue(recorded, out var segment)) throw recording.Error($"the segment {recorded} is attached, and no record says how long it is");
        return kernel.Calls.Segments.Attach(mm, segment.Identifier, address, (flags & ReadOnly) != 0, replaces: true, roundsDown: false, kernel.Payer);
    }

    /// <summary>shmctl that succeeded: of its commands, only the segment's removal matters here.</summary>
    public void Control(ProgramRecording recording)
    {
        if (recording.Fields[2] != RemoveCommand || !_segments.TryGetValue(recording.Fields[1], out var segment)) return;
        kernel.Calls.Segments.Remove(segment.Identifier, kernel.Payer);
        _segments[recording.Fields[1]] = segment with { IsRemoved = true };
    }
}
