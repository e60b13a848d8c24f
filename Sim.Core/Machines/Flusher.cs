using System;
using Sim.Core.AddressSpaces;
using Sim.Core.Engine;
using Sim.Core.Metrics;
using Sim.Core.Reclaim;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// Writes back what files have owed for long: wb_workfn of fs/fs-writeback.c. It wakes an interval after a file becomes dirty, and again as long as any is; then
/// all dirty pages of files go that have been dirty for the expiry time. Nobody waits for it. Its work is booked as an interrupt's, on an idle CPU if there is one.
/// </summary>
internal sealed class Flusher(PageCache cache, EventQueue events, WritebackSpec spec, Cpu[] cpus)
{
    private bool _isScheduled;

    /// <summary>A file has become dirty.</summary>
    public void OnFirstDirty(SimTime now)
    {
        if (_isScheduled) return;
        _isScheduled = true;
        events.Schedule(now + spec.Interval, (int)EventKind.Flush, 0);
    }

    /// <summary>Its time has come.</summary>
    public void Run(SimTime time)
    {
        _isScheduled = false;
        Cpu payer = Array.Find(cpus, cpu => cpu.Stop == StopReason.Idle && !cpu.IsBeingWoken) ?? cpus[0];
        payer.ReceiveAt(time);
        TimeCategory before = payer.Enter(TimeCategory.Interrupt);
        bool isAnyDirty = false;
        foreach (FileObject file in cache.Files)
        {
            if (file.DirtySince.SaturatingAdd(spec.Expire) <= time) cache.Writeback.Write(file, 0, file.Pages, payer);
            isAnyDirty |= file.DirtySince != SimTime.Never;
        }
        payer.Enter(before);
        if (isAnyDirty) OnFirstDirty(time);
    }
}
