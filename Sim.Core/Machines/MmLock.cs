using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Processes;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// The lock of one address space with the locks of its mappings. Whoever has it has it for an interval of simulated time, which is known when what was done
/// under it has been done; those that were handed it while they slept have it without an end until they have run.
/// </summary>
internal sealed class MmLock
{
    private readonly List<Holder> _holders = [];
    private readonly LinkedList<Waiter> _waiters = new();

    /// <summary>Whether somebody waits.</summary>
    public bool IsAwaited => _waiters.Count > 0;

    /// <summary>Whether an event is under way that will hand it over.</summary>
    public bool IsHandOverDue { get; set; }

    /// <summary>Whether somebody has it whose end is not known.</summary>
    public bool HasPending => _holders.Exists(holder => holder.End == SimTime.Never);

    /// <summary>When the first of those that have it, and whose end is known, is done; never when there is none.</summary>
    public SimTime FirstEnd
    {
        get
        {
            SimTime first = SimTime.Never;
            foreach (Holder holder in _holders) first = SimTime.Min(first, holder.End);
            return first;
        }
    }

    /// <summary>Forgets those that are done.</summary>
    public void Expire(SimTime now) => _holders.RemoveAll(holder => holder.End <= now);

    /// <summary>Whether it can be had beside those that have it.</summary>
    public bool Admits(in MmLockRequest request)
    {
        foreach (Holder holder in _holders)
        {
            bool excludes = (request.Mode, holder.Request.Mode) switch
            {
                (MmLockMode.Exclusive, MmLockMode.Mapping) => request.Meets(holder.Request.First, holder.Request.End),
                (MmLockMode.Exclusive, _) => true,
                (MmLockMode.Shared, MmLockMode.Exclusive) => true,
                _ => false,
            };
            if (excludes) return false;
        }
        return true;
    }

    /// <summary>
    /// Whether a call is changing mappings in a range of pages: it has the lock, or is the next to have it and waits only for faults in these mappings to be
    /// over, which no new ones may then keep it from (vma_start_write).
    /// </summary>
    public bool IsChanging(ulong first, ulong end)
    {
        bool waitsForFaultsAlone = _holders.TrueForAll(holder => holder.Request.Mode == MmLockMode.Mapping);
        return (waitsForFaultsAlone && _waiters.First is { Value.Request: { Mode: MmLockMode.Exclusive } next } && next.Meets(first, end))
            || _holders.Exists(holder => holder.Request.Mode == MmLockMode.Exclusive && holder.Request.Meets(first, end));
    }

    /// <summary>A task has it, until a time or, with never, until it says so.</summary>
    public void Hold(SimTask task, in MmLockRequest request, SimTime end)
    {
        _holders.RemoveAll(holder => ReferenceEquals(holder.Task, task));
        _holders.Add(new Holder(task, request, end));
    }

    /// <summary>A task sleeps until it is handed the lock.</summary>
    public void Await(SimTask task, in MmLockRequest request, int cpu) => _waiters.AddLast(new Waiter(task, request, cpu));

    /// <summary>Hands the lock to the first that waits, if it can be had. Its task, and the CPU that it slept on.</summary>
    public bool TryHandOver(out SimTask task, out int cpu)
    {
        (task, cpu) = (null!, 0);
        if (_waiters.First is not { Value: var first } || !Admits(first.Request)) return false;
        _waiters.RemoveFirst();
        Hold(first.Task, first.Request, SimTime.Never);
        (task, cpu) = (first.Task, first.Cpu);
        return true;
    }

    /// <summary>A task that has ended neither waits nor has it any more.</summary>
    public void Forget(SimTask task)
    {
        _holders.RemoveAll(holder => ReferenceEquals(holder.Task, task) && holder.End == SimTime.Never);
        for (LinkedListNode<Waiter>? node = _waiters.First; node is not null; node = node.Next)
        {
            if (!ReferenceEquals(node.Value.Task, task)) continue;
            _waiters.Remove(node);
            return;
        }
    }

    private readonly record struct Holder(SimTask Task, MmLockRequest Request, SimTime End);

    private readonly record struct Waiter(SimTask Task, MmLockRequest Request, int Cpu);
}
