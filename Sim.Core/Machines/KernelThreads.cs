using System.Collections.Generic;
using System.Linq;
using Sim.Core.Processes;

namespace Sim.Core.Machines;

/// <summary>The kernel threads of a machine. They are there from its start, at no cost, and go when the last process has ended.</summary>
internal sealed class KernelThreads(IReadOnlyList<KernelThreadSpec> periodic, Flusher? flusher, Lifecycle lifecycle, Cpu[] cpus)
{
    private Process[] _owners = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => _owners.Length > 0;

    /// <summary>Those that sleep until a timer wakes them and can wake nobody then: not the flusher.</summary>
    public int Asleep => _owners.Take(periodic.Count).Count(owner => owner.Tasks is [{ State: TaskState.Blocked }]);

    /// <summary>Starts them. Throws <see cref="RunFailedException"/> where there is no memory for one.</summary>
    public void Start()
    {
        List<KernelThreadSpec> specs = [.. periodic];
        if (flusher is not null) specs.Add(new KernelThreadSpec("flusher", () => flusher));
        _owners = [.. specs.Select((spec, index) => new Process(-1 - index, spec.Name))];
        foreach (var (owner, spec) in _owners.Zip(specs))
        {
            if (!lifecycle.TryStartKernelThread(owner, spec.Program(), FreeOfCharge.AtNoTime))
                throw new RunFailedException($"there is no memory for kernel thread '{spec.Name}'");
        }
    }

    /// <summary>They are gone at once.</summary>
    public void Retire()
    {
        foreach (SimTask task in _owners.SelectMany(owner => owner.Tasks))
        {
            task.State = TaskState.Dead;
            foreach (Cpu cpu in cpus)
            {
                if (ReferenceEquals(cpu.Current, task)) (cpu.Current, cpu.Stop) = (null, StopReason.Idle);
            }
            lifecycle.Release(task, FreeOfCharge.AtNoTime);
        }
        _owners = [];
    }
}
