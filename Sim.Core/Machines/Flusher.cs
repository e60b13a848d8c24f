using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Physical;
using Sim.Core.Processes;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// The kernel thread that writes dirty pages of files back, wb_workfn of fs/fs-writeback.c, and what holds back who makes them, balance_dirty_pages of
/// mm/page-writeback.c, Linux 6.18. It wakes an interval after a file becomes dirty, and again as long as any is, and at once when there are many. Then files
/// are written that have been dirty for the expiry time, or all, the oldest first, until few enough are left.
/// <code>
///   dirty pages   0 ............... background ......................... limit
///   the flusher   | by age            | whatever their age, woken at once
///   a store, a write                                                      | sleeps, until they are half-way down to background
/// </code>
/// Linux lets writers sleep earlier and for shorter, at a rate that it estimates for the disk; the bounds are the same.
/// </summary>
internal sealed class Flusher(PageCache cache, PageAllocator allocator, EventQueue events, WritebackSpec spec, Func<MeasuredPart> measured) : ITaskProgram
{
    /// <summary>What may be dirty however little memory there is, so that who has slept can store.</summary>
    private const long LeastLimit = 8;

    private readonly List<(IWaitingTask Task, SimTime Since)> _held = [];
    private SimTask? _thread;
    private bool _isAsleep;
    private SimTime _wakesAt = SimTime.Never;

    /// <summary>How long tasks were held back that had to be, in the measured part.</summary>
    public LatencyHistogram Waits { get; } = new();

    /// <inheritdoc/>
    public TaskStep Next(long result, Span<ulong> references) => new(TaskStepKind.WriteBack);

    /// <summary>The thread runs: it writes some of what is due. False when nothing is, and it goes to sleep.</summary>
    public bool TryWriteSome(SimTask thread, ICharge payer)
    {
        _thread = thread;
        FileObject? oldest = Oldest();
        // A file whose pass is under way may need another one.
        for (int tries = 2 * cache.Files.Count; tries > 0 && oldest is not null && IsDue(oldest, payer.Now); tries--)
        {
            if (cache.Writeback.WriteOn(oldest, payer)) return true;
            oldest = Oldest();
        }
        // What was dirty may have gone with its file.
        OnFewer(payer.Now);
        _isAsleep = true;
        if (oldest is not null) SetTimer(payer.Now);
        return false;
    }

    /// <summary>A file has become dirty.</summary>
    public void OnFirstDirty(SimTime now)
    {
        if (_isAsleep && _wakesAt == SimTime.Never) SetTimer(now);
    }

    /// <summary>Its timer goes off. One that was set before it was woken for another reason counts no more.</summary>
    public void OnTimer(SimTime time)
    {
        if (time == _wakesAt) Wake();
    }

    /// <inheritdoc cref="IFileEvents.MustWaitForWriteback"/>
    public bool MustWait(IWaitingTask task, SimTime now)
    {
        long dirty = cache.Writeback.Dirty;
        if (dirty > Background) Wake();
        if (dirty + cache.Writeback.BeingWritten <= Limit) return false;
        _held.Add((task, now));
        return true;
    }

    /// <summary>There may be fewer dirty pages than before: who was held back goes on, or the thread does.</summary>
    public void OnFewer(SimTime now)
    {
        if (_held.Count == 0) return;
        if (cache.Writeback.Dirty + cache.Writeback.BeingWritten > FreeRun)
        {
            if (cache.Writeback.Dirty > Background) Wake();
            return;
        }
        foreach ((IWaitingTask task, SimTime since) in _held)
        {
            if (measured().From != SimTime.Never) Waits.Record(now - since);
            task.Wake();
        }
        _held.Clear();
    }

    private long Background => spec.Background < spec.Limit ? (long)(Dirtyable * spec.Background) : Limit / 2;

    private long FreeRun => Math.Min((Background + Limit) / 2, Limit - 1);

    private long Limit => Math.Max((long)(Dirtyable * spec.Limit), LeastLimit);

    /// <summary>Memory that could hold dirty pages: global_dirtyable_memory, without its reserves.</summary>
    private double Dirtyable => allocator.FreeFrames + cache.PagesOfDisk;

    private FileObject? Oldest() => cache.Files.Where(file => file.DirtySince != SimTime.Never).MinBy(file => file.DirtySince);

    private bool IsDue(FileObject file, SimTime now) => file.DirtySince.SaturatingAdd(spec.Expire) <= now || cache.Writeback.Dirty > Background;

    private void SetTimer(SimTime now)
    {
        _wakesAt = now + spec.Interval;
        events.Schedule(_wakesAt, (int)EventKind.Flush, 0);
    }

    private void Wake()
    {
        if (!_isAsleep) return;
        (_isAsleep, _wakesAt) = (false, SimTime.Never);
        _thread!.Wake();
    }
}
