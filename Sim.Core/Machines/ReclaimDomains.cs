using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// The replacement domains of a machine: one for all memory, or with a quota one a process. Here the policy, chosen at run time, becomes a type
/// argument.
/// </summary>
internal sealed class ReclaimDomains(MachineSpec spec, FrameArray<Frame> frames)
{
    private readonly List<IReclaimDomain> _domains = [];
    private readonly FrameArray<byte> _accessed = new(frames.Length);

    /// <summary>All domains so far.</summary>
    public IReadOnlyList<IReclaimDomain> All => _domains;

    /// <summary>The domain of a new process.</summary>
    public IReclaimDomain ForProcess()
    {
        if (spec.QuotaFrames is null && _domains.Count > 0) return _domains[0];
        int capacity = spec.QuotaFrames ?? (int)frames.Length;
        object policy = spec.Reclaim.Create(new PolicyContext((int)frames.Length, capacity,
            RandomStream.SeedOf(spec.Seed, 0, $"reclaim/{_domains.Count}"), spec.Future));
        Type type = typeof(ReclaimDomain<>).MakeGenericType(spec.Reclaim.Entry.Implementation);
        _domains.Add((IReclaimDomain)Activator.CreateInstance(type, policy, frames, _accessed, capacity)!);
        return _domains[^1];
    }

    /// <summary>The access loop for the policy.</summary>
    public IAccessLoop CreateLoop(SwapArea swap) =>
        (IAccessLoop)Activator.CreateInstance(typeof(AccessLoop<>).MakeGenericType(spec.Reclaim.Entry.Implementation), swap)!;
}
