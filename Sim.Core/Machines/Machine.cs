using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Physical.Buddy;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// A machine that runs processes to their end. CPUs advance privately (TLB hits, walks to permitted entries, computing) up to a horizon; whatever
/// needs the kernel stops its CPU, and stops and events take effect one at a time in the order (time, event before stop, CPU, sequence).
/// <code>
///   horizon of a CPU = min(next event, every other stop + W, every other running CPU + W, end of its quantum)
/// </code>
/// W is the smallest cross-CPU latency, so nothing can reach a CPU before its horizon.
/// </summary>
public sealed class Machine : IDeviceEvents, IFileEvents, IRunQueue
{
    private static readonly KernelObject[] OfMappings =
        [KernelObject.VmArea, KernelObject.AnonVma, KernelObject.AnonVmaChain, KernelObject.MapleNode, KernelObject.VmaArrayPage];

    /// <summary>Of so many faults one at least must let some task make a reference.</summary>
    private const long FaultsForAReference = 1 << 20;

    private readonly MachineSpec _spec;
    private readonly ProcessTable _processes;
    private readonly Cpu[] _cpus;
    private readonly EventQueue _events = new();
    private readonly CounterSet _counters = new();
    private readonly MachineParts _parts;
    private readonly PrivateWork _work;
    private readonly Scheduler _scheduler;
    private readonly Shootdowns _shootdowns;
    private readonly MemoryManagement _memory;
    private readonly ContextSwitches _switches;
    private readonly Lifecycle _lifecycle;
    private readonly KernelThreads _kernelThreads;
    private readonly SystemCalls _systemCalls;
    private readonly FaultStops _faultStops;
    private readonly MmLocks? _mmLocks;
    private readonly EventHandlers _eventHandlers;
    private readonly Flusher? _flusher;
    private readonly Sampler _sampler;
    private readonly MeasuredPart _measured;
    private readonly SimTime _window;
    private readonly List<MemorySnapshot> _snapshots = [];
    private RunDigest _digest;
    private long _faultCount;
    private long _referencesBefore;
    private SimTime _nextCheck;

    /// <summary>A machine that is about to run <paramref name="processes"/>. Throws <see cref="PolicyOptionException"/> where a policy does not fit it.</summary>
    public Machine(MachineSpec spec, IEnumerable<ProcessSpec> processes)
    {
        _spec = spec;
        ProcessSpec[] specs = [.. processes];
        _processes = new ProcessTable(specs.Select((process, id) => new Process(id, process.Name) { WarmupReferences = process.WarmupReferences, Nice = process.Nice, Priority = process.Priority }));
        _cpus = [.. Enumerable.Range(0, spec.Cpus).Select(number => new Cpu(number, spec))];
        _window = spec.Costs[Cost.InterruptDelivery];
        _parts = new MachineParts(spec, _counters);
        _shootdowns = new Shootdowns(_cpus, _events, _counters);
        _memory = new MemoryManagement(spec, _parts, _shootdowns, this, this, _counters);
        if (spec.Files.Count > 0) _flusher = new Flusher(_parts.Cache!, _parts.Allocator, _events, spec.Writeback, () => _measured!);
        _switches = new ContextSwitches(spec.ContextSwitch, _memory.AddressSpaces, _counters);
        _scheduler = new Scheduler(_cpus, _events, _switches, _counters, (IScheduler)spec.Scheduler.Create(new PolicyContext(0, 0, spec.Seed)));
        _lifecycle = new Lifecycle(_parts.Objects, _parts.Holdings, _memory.AddressSpaces, _switches, this, _cpus, _counters, specs.Length, () => _measured!);
        _kernelThreads = new KernelThreads(spec.KernelThreads, _flusher, _lifecycle, _cpus);
        _lifecycle.LastProcessEnded = _kernelThreads.Retire;
        var signals = new FatalSignals(_cpus, _events, _lifecycle, _scheduler, _window);
        _systemCalls = CreateSystemCalls(signals);
        _sampler = new Sampler(TakeSample);
        _measured = new MeasuredPart(spec, _processes, _cpus, _counters, _memory.Faults.Tally);
        _work = new PrivateWork(_parts.Domains.CreateLoop(_parts.Swap, [.. _cpus.Select(cpu => cpu.Tlb)]), _measured);
        _faultStops = new FaultStops(_memory.Faults, _memory.Reclaimer, _scheduler, signals, _memory.FaultLog);
        if (spec.MmLock is { } mmLock && (mmLock.OfFault(true, true), mmLock.OfCall(true)) != (MmLockMode.None, MmLockMode.None))
        {
            _mmLocks = new MmLocks(mmLock, spec.HasZeroPage, _events, _scheduler, () => _measured, _window);
            _lifecycle.TaskEnding = _mmLocks.OnEnd;
        }
        _eventHandlers = new EventHandlers(_events, _cpus, _processes, specs, _lifecycle, _scheduler, _shootdowns, _memory.Transfers, _memory.FileRequests, _flusher, signals, _measured,
            _mmLocks);
        _nextCheck = spec.CheckEvery ?? SimTime.Never;
        foreach (var (id, process) in specs.Index()) _events.Schedule(process.Arrival, (int)EventKind.Arrival, id);
    }

    private SystemCalls CreateSystemCalls(FatalSignals signals)
    {
        var files = new MachineFiles(_spec.Files);
        FileCalls? fileCalls = null;
        if (_parts.Cache is { } cache)
        {
            fileCalls = new FileCalls(files, cache, _memory.Transfers, _memory.Calls, _memory.AddressSpaces.Live);
            files.Cache(_spec.Files, cache, _parts);
        }
        var mappingCalls = new MappingCalls(_memory.Calls, _memory.KernelFaults, files, _parts.Cache, _spec.Paging.IsEager);
        var processCalls = new ProcessCalls(_memory.Fork, _memory.ForkedPages, _memory.Calls, _memory.AddressSpaces, _processes, _lifecycle, signals, _switches, _counters);
        return new SystemCalls(mappingCalls, fileCalls, _flusher, _lifecycle, _parts.Holdings, _scheduler, processCalls, (time, task) => _events.Schedule(time, (int)EventKind.Wake, task.Id));
    }

    /// <summary>Runs until every process has ended. Once only. Throws <see cref="RunFailedException"/> where they cannot all end.</summary>
    public RunResult Run()
    {
        _kernelThreads.Start();
        while (Step())
        {
        }
        SimTime end = _cpus.Max(cpu => cpu.Now);
        foreach (Cpu cpu in _cpus) cpu.IdleUntil(end);
        ByteSize vmallocTables = ByteSize.OfPages(_parts.Objects.Vmalloc.TableFrames);
        CloseBooks(end);
        _sampler.Close(end);
        return new RunResult
        {
            Digest = _digest.Value,
            Elapsed = end,
            MeasuredFrom = _measured.From,
            Processes = _processes,
            KernelMeasured = _measured.KernelCounters,
            CpuTimes = _measured.CpuTimes,
            FaultsByKind = _memory.Faults.Tally,
            FaultLatency = _memory.Faults.Tally.AllLatencies(),
            DirtyWait = _flusher?.Waits ?? new LatencyHistogram(),
            MmLockWait = _mmLocks?.Waits ?? new LatencyHistogram(),
            DeviceLatency = _parts.Device.Latency,
            DeviceBusy = _parts.Device.Busy,
            DiskLatency = _parts.Disk.Latency,
            DiskBusy = _parts.Disk.Busy,
            PeakKernelBytes = _parts.Objects.Peak,
            PeakStepBytes = new ByteSize(_parts.Holdings.PeakAskedBytes),
            PeakStepTakenBytes = new ByteSize(_parts.Holdings.TakenAtPeakBytes),
            VmallocPurges = _parts.Objects.Vmalloc.Purges,
            VmallocTableBytes = vmallocTables,
            PeakBytesOfKind = [.. Enum.GetValues<KernelObject>().Select(_parts.Objects.PeakOf)],
            Snapshots = _snapshots,
            Samples = _sampler.Samples,
            Faults = _memory.FaultLog.Records,
        };
    }

    /// <summary>Whether the allocation has come that <see cref="MachineSpec.FailAllocation"/> lets fail.</summary>
    public bool HasFailureCome => _parts.Failure is { HasFailed: true };

    /// <summary>All tasks that were ever started, for tests.</summary>
    internal IReadOnlyList<SimTask> Tasks => _lifecycle.Tasks;

    /// <summary>References made so far. May be read from another thread, to show progress.</summary>
    public long ReferencesDone
    {
        get
        {
            return _processes.References;
        }
    }

    void IDeviceEvents.ScheduleDeviceDone(SimTime time, int transfer) => _events.Schedule(time, (int)EventKind.DeviceDone, transfer);

    void IFileEvents.ScheduleRequestDone(SimTime time, int request) => _events.Schedule(time, (int)EventKind.FileRequestDone, request);

    void IFileEvents.OnFirstDirty(SimTime now) => _flusher!.OnFirstDirty(now);

    bool IFileEvents.MustWaitForWriteback(IWaitingTask task, SimTime now) => _flusher!.MustWait(task, now);

    void IDeviceEvents.Count(Counter counter, long times) => _counters.Add(counter, times);

    void IRunQueue.MakeRunnable(SimTask task)
    {
        if (task.FaultBegan != SimTime.Never && task.State != TaskState.Dead && !task.GoesOnWithFault) _memory.FaultLog.OnWake(task, _scheduler.WakingContext.Time);
        _scheduler.MakeRunnable(task);
    }

    /// <summary>One event, one stop, or one stretch of private work. False when nothing is left to do.</summary>
    private bool Step()
    {
        if (_cpus.Length == 1) RunAlone(_cpus[0]);
        SimTime nextEvent = _events.NextTime;
        Cpu? stopped = null, laggard = null;
        SimTime others = SimTime.Never;
        foreach (Cpu cpu in _cpus)
        {
            if (cpu.Stop == StopReason.Idle) continue;
            if (cpu.Stop != StopReason.None)
            {
                if (stopped is null || cpu.Now < stopped.Now) stopped = cpu;
            }
            else if (laggard is null || cpu.Now < laggard.Now)
            {
                if (laggard is not null) others = SimTime.Min(others, laggard.Now);
                laggard = cpu;
            }
            else others = SimTime.Min(others, cpu.Now);
        }
        SimTime nextStop = stopped?.Now ?? SimTime.Never;
        SimTime action = SimTime.Min(nextEvent, nextStop);
        if (laggard is not null && laggard.Now < action)
        {
            SimTime horizon = SimTime.Min(nextEvent, SimTime.Min(nextStop, others).SaturatingAdd(_window));
            // One access, or whatever there is to compute, in which nobody meets anybody.
            if (_spec.Lockstep && _cpus.Length > 1) horizon = SimTime.Min(horizon, laggard.Now + SimTime.Max(new SimTime(1), laggard.Current!.ComputeLeft));
            _work.Advance(laggard, horizon);
            Observe(laggard.Now);
            return true;
        }
        if (action == SimTime.Never)
        {
            if (_lifecycle.LiveProcesses > 0) throw Deadlock();
            return false;
        }
        if (nextEvent <= nextStop)
        {
            Event happening = _events.Dequeue();
            // The timer of a task that is no more.
            if (happening.Kind == (int)EventKind.Wake && _lifecycle.Tasks[happening.Argument].State == TaskState.Dead) return true;
            // When all is over nobody looks for what is dirty any more.
            if (happening.Kind == (int)EventKind.Flush && _lifecycle.IsOver) return true;
            if (_kernelThreads.Any && IsDeadlocked()) throw Deadlock();
            _digest.Fold(happening.Time, happening.Kind, happening.Argument);
            _eventHandlers.Execute(happening);
        }
        else ExecuteStop(stopped!);
        Observe(action);
        return true;
    }

    /// <summary>Whether no process can go on, whose kernel threads wake for ever: nothing runs but these, and one of their timers is all that is pending.</summary>
    private bool IsDeadlocked() => _lifecycle.LiveProcesses > 0 && _scheduler.Waiting == 0
        && Array.TrueForAll(_cpus, cpu => cpu.Current is null or { IsKernelThread: true }) && _events.Count + 1 == _kernelThreads.Asleep;

    private RunFailedException Deadlock() => new("nothing will ever wake what sleeps: "
        + string.Join(", ", _processes.Where(process => process.LiveTasks > 0).Select(process => $"{process.Name} waits with {process.LiveTasks} tasks")));

    /// <summary>The only CPU, up to the next event: the same order without the search for whose turn it is (a fifth of a fault's host time).</summary>
    private void RunAlone(Cpu cpu)
    {
        for (SimTime nextEvent = _events.NextTime; cpu.Stop != StopReason.Idle && cpu.Now < nextEvent; nextEvent = _events.NextTime)
        {
            if (cpu.Stop == StopReason.None)
            {
                _work.Advance(cpu, nextEvent);
                Observe(cpu.Now);
                continue;
            }
            SimTime stoppedAt = cpu.Now;
            ExecuteStop(cpu);
            Observe(stoppedAt);
        }
    }

    private void ExecuteStop(Cpu cpu)
    {
        _scheduler.WakingContext = (cpu.Number, cpu.Now);
        _digest.Fold(cpu.Now, 64 + (int)cpu.Stop, (long)cpu.Fault.Page << 8 | (long)cpu.Number);
        if (_mmLocks is not null && !_mmLocks.TryEnter(cpu)) return;
        switch (cpu.Stop)
        {
            case StopReason.Fault:
                _faultStops.Handle(cpu);
                if (++_faultCount % FaultsForAReference == 0) CheckProgress();
                break;
            case StopReason.SystemCall:
                _systemCalls.Execute(cpu);
                break;
            case StopReason.QuantumEnd:
                _scheduler.OnQuantumEnd(cpu);
                break;
            case StopReason.Surplus:
                _faultStops.EvictSurplus(cpu);
                break;
        }
        _mmLocks?.Leave(cpu);
    }

    /// <summary>Tasks may take each other's pages for ever, each before it is used.</summary>
    private void CheckProgress()
    {
        long references = _processes.References;
        if (references == _referencesBefore)
            throw new RunFailedException($"{FaultsForAReference} faults in a row, and no reference made: tasks take each other's pages before they are used; more memory or a larger quota would do");
        _referencesBefore = references;
    }

    private void Observe(SimTime now)
    {
        _measured.ObserveTime(now);
        _sampler.Observe(now);
        while (_snapshots.Count < _spec.SnapshotsAt.Count && now >= _spec.SnapshotsAt[_snapshots.Count]) _snapshots.Add(MemorySnapshot.Of(_parts, now));
        if (now < _nextCheck) return;
        CheckInvariants();
        _nextCheck = now + _spec.CheckEvery!.Value;
    }

    /// <summary>Checks everything that must hold between two steps. Throws <see cref="InvalidOperationException"/> with values where it does not.</summary>
    public void CheckInvariants() =>
        MachineInvariants.Check(_parts, _cpus, _processes, _lifecycle.Tasks, _memory.AddressSpaces, _shootdowns.InFlight == 0);

    private Sample TakeSample(SimTime now)
    {
        CounterSet sum = _counters.Snapshot();
        foreach (Process process in _processes) sum.Add(process.Counters);
        SimTime busy = new(_cpus.Sum(cpu => cpu.SpentInAll.Picoseconds - cpu.Spent(TimeCategory.Idle).Picoseconds));
        return new Sample(now, sum, busy, _parts.Allocator.FreeFrames, _processes.Sum(process => process.Mm?.ResidentPages ?? 0), _scheduler.Waiting,
            _parts.Allocator.UnusableShare(PageBlocks.Order), _processes.Sum(process => process.Mm?.Vmas.Count ?? 0),
            OfMappings.Sum(kind => _parts.Objects.BytesOf(kind).Bytes));
    }

    /// <summary>For each CPU the categories plus idle time are exactly the elapsed time, and nothing that processes held is left.</summary>
    private void CloseBooks(SimTime end)
    {
        foreach (Cpu cpu in _cpus)
        {
            if (cpu.SpentInAll != end) throw new InvalidOperationException($"CPU {cpu.Number} accounts for {cpu.SpentInAll} of {end}");
        }
        foreach (Cpu cpu in _cpus) _switches.LetGo(cpu);
        _memory.Calls.Segments.RemoveAll(FreeOfCharge.AtNoTime);
        _parts.Cache?.Clear(FreeOfCharge.AtNoTime);
        _parts.Objects.Caches.Shrink(FreeOfCharge.AtNoTime);
        _parts.Objects.Vmalloc.FreeTables(FreeOfCharge.AtNoTime);
        _parts.Fragmentation?.Release(_parts.Allocator);
        long kept = _parts.ZeroPage is null ? 0 : 1;
        long lost = _parts.Allocator.AllocatedFrames - kept;
        if (lost != 0 || _parts.Swap.Used != 0) throw new InvalidOperationException($"{lost} frames and {_parts.Swap.Used} swap slots are lost");
    }
}
