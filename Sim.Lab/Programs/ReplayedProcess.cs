using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Faults;
using Sim.Core.Machines;
using Sim.Core.Metrics;
using Sim.Workloads.Programs;
using Sim.Workloads.Traces;

namespace Sim.Lab.Programs;

/// <summary>A recorded process on the model: its accesses and calls, at the recorded addresses and with the recorded results.</summary>
internal sealed class ReplayedProcess : IDisposable
{
    private const ulong Executed = 2;

    // P_PID, WEXITED and WNOHANG of waitid. Which child another waitid learnt of stands in memory alone, which is not recorded.
    private const ulong ByPid = 1, ForEnd = 4, WithoutWaiting = 1;
    private readonly PagedKernel _kernel;
    private readonly ReplayedFiles _files;
    private readonly ProgramRecording _recording;
    private readonly CounterSet _counters = new();
    private readonly long[] _faults = new long[FaultRegions.Names.Count];
    private readonly List<long> _phases = [];
    private ReplayedCalls _calls;
    private bool _isGuest, _wasAway = true;
    private (ulong First, ulong End) _sequences;
    private long _read, _total, _minor, _major, _outside, _lastPhase = -1, _peak, _mappings, _tables;

    /// <summary>The first process, whose memory is yet empty.</summary>
    public ReplayedProcess(PagedKernel kernel, ReplayedFiles files, ProgramRecording recording)
        : this(kernel, files, recording, new ReplayedCalls(kernel, files, kernel.Create(new AddressSpaceLimits { MayLockAnything = true })))
    {
    }

    private ReplayedProcess(PagedKernel kernel, ReplayedFiles files, ProgramRecording recording, ReplayedCalls calls) =>
        (_kernel, _files, _recording, _calls) = (kernel, files, recording, calls);

    /// <summary>Of a process that forked or waited: the child's pid.</summary>
    public long Child { get; private set; }

    /// <summary>What became of it.</summary>
    public ProcessFaults Result => new(
        _recording.Pid, _total > 0 ? _total : _read, _minor, _major, _faults, _phases, _outside, (int)_mappings, 4 * _peak, 4 * _tables);

    private Mm Memory => _calls.Memory;

    /// <summary>A child, as of now, with a copy of its memory or as a guest in it.</summary>
    public ReplayedProcess Fork(ProgramRecording recording, bool isGuest) =>
        new(_kernel, _files, recording, isGuest ? _calls.Share() : _calls.Fork()) { _isGuest = isGuest, _sequences = isGuest ? default : _sequences };

    /// <summary>What is wrong with the record that was read last.</summary>
    public TraceFormatException Error(string problem) => _recording.Error(problem);

    /// <summary>Closes the recording.</summary>
    public void Dispose() => _recording.Dispose();

    /// <summary>Runs until others must run.</summary>
    public Pause Run()
    {
        _kernel.CountIn(_counters);
        if (_wasAway) Store(_sequences);
        _wasAway = false;
        while (_recording.TryRead())
        {
            if (_recording.Kind == ProgramRecordKind.Access)
            {
                if (!_recording.IsFetch && !_recording.IsKernel) _read += _recording.References;
                Touch(_recording.Page, _recording.IsStore);
            }
            else if (Execute() is { } pause) return pause;
        }
        Leave();
        return Pause.Ended;
    }

    private void Touch(ulong page, bool isStore)
    {
        long before = _counters[Counter.Pgfault];
        FaultOutcome outcome = _kernel.Touch(Memory, page, isStore, _counters);
        if (outcome == FaultOutcome.OutOfMemory) throw _recording.Error("the machine's memory is exhausted; give it more with --set machine.memory=64GiB");
        if (outcome != FaultOutcome.Mapped) _outside++;
        else if (_counters[Counter.Pgfault] != before) Book(page, before);
    }

    /// <summary>The kernel stores to bytes [First, End).</summary>
    private void Store((ulong First, ulong End) bytes)
    {
        for (ulong page = bytes.First >> 12; page < (bytes.End + 4095) >> 12; page++) Touch(page, isStore: true);
    }

    private void Book(ulong page, long before)
    {
        long major = _counters[Counter.Pgmajfault] - _major, minor = _counters[Counter.Pgfault] - before - major;
        _major += major;
        _minor += minor;
        _faults[(int)FaultRegions.Of(Memory, page)] += minor;
    }

    private Pause? Execute()
    {
        ReadOnlySpan<ulong> fields = _recording.Fields;
        switch (_recording.Kind)
        {
            case ProgramRecordKind.End:
                _total += (long)(fields[0] + fields[1]);
                break;
            case ProgramRecordKind.InitialMapping:
                _calls.MapInitially(_recording);
                break;
            case ProgramRecordKind.Path:
                _calls.Name(_recording);
                break;
            case ProgramRecordKind.Process when fields[2] == Executed:
                bool wasGuest = _isGuest;
                Leave();
                (_isGuest, _sequences) = (false, default);
                _calls = new ReplayedCalls(_kernel, _files, _kernel.Create(Memory.Limits));
                if (wasGuest) return Pause.Left;
                break;
            case ProgramRecordKind.SystemCall:
                return Call((SystemCall)fields[0], fields);
        }
        return null;
    }

    private Pause? Call(SystemCall call, ReadOnlySpan<ulong> fields)
    {
        long result = (long)fields[7];
        switch (call)
        {
            case SystemCall.Fork or SystemCall.Vfork or SystemCall.Clone when result > 0:
                const ulong thread = 0x1_0000, memory = 0x100;
                if (call == SystemCall.Clone && (fields[1] & thread) != 0) return null;
                Child = result;
                return call == SystemCall.Vfork || (call == SystemCall.Clone && (fields[1] & memory) != 0) ? Pause.Lent : Pause.Forked;
            case SystemCall.Wait when result > 0:
                Child = result;
                _wasAway = true;
                return Pause.Waited;
            case SystemCall.WaitIdentified when result == 0 && fields[1] == ByPid && (fields[4] & (ForEnd | WithoutWaiting)) == ForEnd:
                Child = (long)fields[2];
                _wasAway = true;
                return Pause.Waited;
            case SystemCall.SignalReturn when KernelStores.SignalFrame(fields) is { } frame:
                Store(frame);
                Store(_sequences);
                return null;
            case SystemCall.RestartableSequences:
                // The recorder's processor refuses what the kernel grants.
                _sequences = (fields[1], fields[1] + fields[2]);
                Store(_sequences);
                return null;
            case SystemCall.Usage when result == 0:
                if (_lastPhase >= 0) _phases.Add(_minor - _lastPhase);
                _lastPhase = _minor;
                return null;
            default:
                long before = _counters[Counter.Pgfault];
                _calls.Execute(call, _recording);
                if (_counters[Counter.Pgfault] != before) Book((call == SystemCall.Map ? fields[7] : fields[1]) >> 12, before);
                return null;
        }
    }

    /// <summary>Ends the image: what is known of its memory is kept, and what is its own given back.</summary>
    private void Leave()
    {
        (_mappings, _tables, _peak) = (Memory.MapCount, Memory.PageTable.TablePages, Math.Max(_peak, Memory.PeakResidentPages));
        if (!_isGuest) _kernel.Exit(Memory);
    }
}
