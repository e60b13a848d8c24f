using System;
using System.Collections.Generic;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Units;
using Sim.Workloads.Mappings;
using Sim.Workloads.Synthetic;

namespace Sim.Workloads.Programs;

/// <summary>
/// A thread's way through a program. Its streams are seeded by the step's place in the program, so that they are the same whatever the policies,
/// the machine or the other processes do.
/// </summary>
public sealed class ProgramRun : ITaskProgram
{
    /// <summary>MREMAP_MAYMOVE.</summary>
    private const int MayMove = 1;

    /// <summary>Microseconds without anything handed over after which a step that frees gives up.</summary>
    private const int MostWaits = 100_000;

    private readonly RegionTable _regions;
    private readonly Func<string, ulong> _seedOf;
    private readonly string _path;
    private readonly Stack<Block> _blocks = new();
    private readonly Dictionary<string, ReferenceSource> _sources = [];
    private readonly Dictionary<string, MappingSource> _mappingSources = [];
    private readonly Dictionary<string, Queue<long>> _handOvers;
    private readonly Dictionary<string, int> _children = [];
    private Action<long>? _onResult;
    private TaskStepKind _asked;
    private ReferenceSource? _source;
    private ulong _firstPage;
    private long _referencesLeft;
    private KernelStream? _kernel;
    private (Queue<long> From, long Left)? _frees;
    private bool _awaitsAllocation;
    private MappingSource? _mappings;
    private long _callsLeft;
    private int _touches, _touchesLeft;
    private int _waited;

    /// <summary>The first thread of a process.</summary>
    /// <param name="steps">The program.</param>
    /// <param name="seedOf">The seed of a component's stream, by its path.</param>
    public ProgramRun(IReadOnlyList<ProgramStep> steps, Func<string, ulong> seedOf)
        : this(steps, seedOf, new RegionTable(), [], "")
    {
    }

    private ProgramRun(IReadOnlyList<ProgramStep> steps, Func<string, ulong> seedOf, RegionTable regions, Dictionary<string, Queue<long>> handOvers, string path)
    {
        _handOvers = handOvers;
        _seedOf = seedOf;
        _regions = regions;
        _path = path;
        _blocks.Push(new Block(steps, path, 1));
    }

    public TaskStep Next(long result, Span<ulong> references)
    {
        if (_onResult is { } onResult)
        {
            _onResult = null;
            if (result < 0) return new TaskStep(TaskStepKind.Exit, result, (long)_asked);
            onResult(result);
        }
        if (_awaitsAllocation) _kernel!.OnAllocated(result);
        _awaitsAllocation = false;
        while (true)
        {
            if (_referencesLeft > 0) return Access(references);
            if (_kernel is not null)
            {
                if (_kernel.TryNext(out TaskStep next))
                {
                    _awaitsAllocation = next.Kind == TaskStepKind.KernelAllocate;
                    return next;
                }
                _kernel = null;
            }
            if (_frees is { Left: > 0 } frees) return FreeNext(frees.From, frees.Left);
            if (_touchesLeft > 0) return Touch(references);
            if (_callsLeft > 0) return Call();
            if (!TryNextStep(out ProgramStep? step, out string path)) return new TaskStep(TaskStepKind.Exit);
            if (Start(step, path) is not { } request) continue;
            _asked = request.Kind;
            return request;
        }
    }

    private TaskStep Access(Span<ulong> references)
    {
        int count = (int)Math.Min(_referencesLeft, references.Length);
        _source!.Fill(references[..count], _firstPage);
        _referencesLeft -= count;
        return new TaskStep(TaskStepKind.Access, count);
    }

    private TaskStep Call()
    {
        _callsLeft--;
        MappingSource mappings = _mappings!;
        TaskStep step = mappings.Next(out MappingCall call);
        _asked = step.Kind;
        _onResult = result =>
        {
            mappings.OnResult(call, result);
            _touchesLeft = _touches;
        };
        return step;
    }

    private TaskStep Touch(Span<ulong> references)
    {
        int count = Math.Min(_touchesLeft, references.Length);
        _mappings!.Fill(references[..count]);
        _touchesLeft -= count;
        return new TaskStep(TaskStepKind.Access, count);
    }

    /// <summary>The next step in program order, out of loops that are over and back to the start of those that are not.</summary>
    private bool TryNextStep(out ProgramStep step, out string path)
    {
        while (_blocks.TryPeek(out Block? block))
        {
            if (block.Index < block.Steps.Count)
            {
                path = $"{block.Path}/{block.Index}";
                step = block.Steps[block.Index++];
                return true;
            }
            if (--block.TimesLeft > 0 && block.Steps.Count > 0) block.Index = 0;
            else _blocks.Pop();
        }
        (step, path) = (null!, "");
        return false;
    }

    /// <summary>Begins a step. Null when the machine need not be asked for anything.</summary>
    private TaskStep? Start(ProgramStep step, string path)
    {
        switch (step)
        {
            case MapStep map:
                _onResult = first => _regions.Put(map.Name, (ulong)first, map.Pages);
                return new TaskStep(TaskStepKind.Map, map.Pages, (long)map.PageSize, Third: map.IsPopulated ? 1 : 0);
            case MapFileStep map:
                _onResult = first => _regions.Put(map.Name, (ulong)first, map.Pages);
                return new TaskStep(TaskStepKind.MapWith, Mapping: new MappingArguments(0, (ulong)map.Pages, map.Protection, map.Flags, File: -1 - map.File, FileOffset: (ulong)map.Offset));
            case FileCallStep call:
                _onResult = _ => { };
                return new TaskStep(call.Kind, call.File, call.First, Third: call.Bytes);
            case AttachStep attach:
                _onResult = first => _regions.Put(attach.Name, (ulong)first, attach.Pages);
                return new TaskStep(TaskStepKind.Attach, attach.Pages, attach.Key);
            case UnmapStep unmap:
                (ulong First, long Pages) region = Region(unmap.Name);
                _regions.Remove(unmap.Name);
                _onResult = _ => { };
                return new TaskStep(TaskStepKind.Unmap, (long)region.First, region.Pages);
            case BreakStep grow:
                _onResult = oldEnd => GrowHeap(grow, (ulong)oldEnd);
                return new TaskStep(TaskStepKind.Break, grow.Pages);
            case RegionCallStep call:
                _onResult = _ => { };
                return new TaskStep(call.Kind,
                    Mapping: new MappingArguments(Region(call.Name).First + (ulong)call.Offset, (ulong)call.Pages, call.Protection, call.Flags));
            case RemapStep remap:
                (ulong First, long Pages) old = Region(remap.Name);
                _onResult = first => _regions.Put(remap.Name, (ulong)first, remap.Pages);
                return new TaskStep(TaskStepKind.Remap,
                    Mapping: new MappingArguments(old.First, (ulong)old.Pages, Flags: MayMove, NewPages: (ulong)remap.Pages));
            case AccessStep access:
                (_firstPage, long pages) = Region(access.Region);
                BeginReferences(path, access.Count, () =>
                {
                    ulong seed = _seedOf(path);
                    return new ReferenceSource(ModelCatalogue.Create(access.Model, new ModelContext(pages, seed)), access.WriteShare, seed);
                });
                return null;
            case TraceStep trace:
                return StartTrace(trace, path);
            case KernelStep kernel:
                _kernel = new KernelStream(kernel, _seedOf(path), kernel.HandOver is null ? null : HandOver(kernel.HandOver));
                return null;
            case KernelFreeStep free:
                _frees = (HandOver(free.HandOver), free.Count);
                _waited = 0;
                return null;
            case MappingsStep mappings:
                if (!_mappingSources.TryGetValue(path, out _mappings))
                    _mappingSources.Add(path, _mappings = new MappingSource(MappingCatalogue.Create(mappings.Model, _seedOf(path))));
                (_callsLeft, _touches) = (mappings.Count, mappings.Touches);
                return null;
            case ComputeStep compute:
                return new TaskStep(TaskStepKind.Compute, compute.Time.Picoseconds);
            case SleepStep sleep:
                return new TaskStep(TaskStepKind.Sleep, sleep.Time.Picoseconds);
            case LoopStep loop:
                if (loop.Times > 0) _blocks.Push(new Block(loop.Steps, path, loop.Times));
                return null;
            case CloneStep clone:
                return StartThread(clone, path, 0);
            case NextThread next:
                return StartThread(next.Step, next.Path, next.Number);
            case ForkStep fork:
                return StartChild(fork, path, 0);
            case NextChild next:
                return StartChild(next.Step, next.Path, next.Number);
            case ExecStep exec:
                _onResult = _ => { };
                return new TaskStep(TaskStepKind.Exec, Program: new ProgramRun(exec.Steps, _seedOf, RegionsOf(exec), _handOvers, path),
                    Mapping: new MappingArguments((ulong)exec.CodePages, (ulong)exec.DataPages, NewPages: (ulong)exec.BssPages));
            case WaitStep wait:
                return new TaskStep(TaskStepKind.Wait, wait.ForAll ? 1 : 0);
            case KillStep kill:
                return new TaskStep(TaskStepKind.Kill, Name: kill.Name);
            case TouchStep touch:
                (_firstPage, long touched) = Region(touch.Region);
                BeginReferences(path, touch.Count, () =>
                {
                    ulong seed = _seedOf(path);
                    return new ReferenceSource(new Touches(touched, touch.Count, touch.IsRandom ? seed : null), touch.WriteShare, seed);
                });
                return null;
            case JoinStep:
                return new TaskStep(TaskStepKind.Join);
            case ExitStep:
                return new TaskStep(TaskStepKind.Exit);
            default:
                throw new InvalidOperationException($"a program cannot execute a {step.GetType().Name}");
        }
    }

    /// <summary>A trace's region is mapped before its first reference.</summary>
    private TaskStep? StartTrace(TraceStep trace, string path)
    {
        if (_regions.TryGet(path, out (ulong First, long Pages) region))
        {
            _firstPage = region.First;
            BeginReferences(path, trace.References, () => new ReferenceSource(trace.Trace, trace.WriteShare, _seedOf(path)));
            return null;
        }
        _onResult = first =>
        {
            _regions.Put(path, (ulong)first, trace.Trace.DistinctPages);
            StartTrace(trace, path);
        };
        return new TaskStep(TaskStepKind.Map, trace.Trace.DistinctPages);
    }

    /// <summary>One thread after the other: the machine is asked for the next when the last has started.</summary>
    private TaskStep StartThread(CloneStep clone, string path, int number)
    {
        string own = $"{path}/thread-{number}";
        if (number + 1 < clone.Threads) _blocks.Push(new Block([new NextThread(clone, path, number + 1)], own, 1));
        _onResult = _ => { };
        return new TaskStep(TaskStepKind.Clone, Program: new ProgramRun(clone.Steps, _seedOf, new RegionTable(_regions), _handOvers, own));
    }

    /// <summary>One child after the other. They are numbered over all executions of the step, so that each has streams of its own.</summary>
    private TaskStep StartChild(ForkStep fork, string path, int number)
    {
        int child = _children.GetValueOrDefault(path);
        _children[path] = child + 1;
        string own = $"{path}/child-{child}";
        if (number + 1 < fork.Children) _blocks.Push(new Block([new NextChild(fork, path, number + 1)], own, 1));
        _onResult = _ => { };
        return new TaskStep(TaskStepKind.Fork, Program: new ProgramRun(fork.Steps, _seedOf, new RegionTable(_regions), [], own));
    }

    private static RegionTable RegionsOf(ExecStep exec)
    {
        var regions = new RegionTable();
        ulong code = ProgramImage.DefaultStart, data = code + (ulong)exec.CodePages;
        if (exec.CodePages > 0) regions.Put(ExecRegions.Code, code, exec.CodePages);
        if (exec.DataPages > 0) regions.Put(ExecRegions.Data, data, exec.DataPages);
        if (exec.BssPages > 0) regions.Put(ExecRegions.Bss, data + (ulong)exec.DataPages, exec.BssPages);
        return regions;
    }

    private TaskStep FreeNext(Queue<long> from, long left)
    {
        if (!from.TryDequeue(out long number))
        {
            if (++_waited > MostWaits) _frees = null;
            return new TaskStep(TaskStepKind.Compute, SimTime.FromMicroseconds(1).Picoseconds);
        }
        _waited = 0;
        _frees = (from, left - 1);
        return new TaskStep(TaskStepKind.KernelFree, number);
    }

    private Queue<long> HandOver(string name)
    {
        if (!_handOvers.TryGetValue(name, out Queue<long>? queue)) _handOvers.Add(name, queue = new Queue<long>());
        return queue;
    }

    private void BeginReferences(string path, long count, Func<ReferenceSource> create)
    {
        if (!_sources.TryGetValue(path, out _source)) _sources.Add(path, _source = create());
        _source.Rewind();
        _referencesLeft = count;
    }

    private void GrowHeap(BreakStep grow, ulong oldEnd)
    {
        bool exists = _regions.TryGet(grow.Name, out (ulong First, long Pages) heap);
        _regions.Put(grow.Name, exists ? heap.First : oldEnd, Math.Max(0, (exists ? heap.Pages : 0) + grow.Pages));
    }

    private (ulong First, long Pages) Region(string name) => _regions.TryGet(name, out (ulong First, long Pages) region)
        ? region
        : throw new InvalidOperationException($"the program uses region '{name}' while it is not mapped");

    private sealed record NextThread(CloneStep Step, string Path, int Number) : ProgramStep;

    private sealed record NextChild(ForkStep Step, string Path, int Number) : ProgramStep;

    private sealed class Block(IReadOnlyList<ProgramStep> steps, string path, long times)
    {
        public IReadOnlyList<ProgramStep> Steps { get; } = steps;
        public string Path { get; } = path;
        public long TimesLeft { get; set; } = times;
        public int Index { get; set; }
    }
}
