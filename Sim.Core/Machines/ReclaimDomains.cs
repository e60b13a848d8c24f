using System;
using Sim.Core.Contracts;
using Sim.Core.Hardware;
using Sim.Core.Physical;
using Sim.Core.Reclaim;
using Sim.Core.Reclaim.Swap;
using Sim.Core.Units;

namespace Sim.Core.Machines;

/// <summary>
/// The replacement domains of a machine: one for all memory, or with a quota one a process. Here the policy, chosen at run time, becomes a type
/// argument.
/// </summary>
internal sealed class ReclaimDomains(MachineSpec spec, FrameArray<Frame> frames, FrameArray<byte> folioBits)
{
    private IReclaimDomain? _global;
    private int _made;

    /// <summary>Which domain each frame is charged to.</summary>
    public FrameDomains Frames { get; } = new(spec.QuotaFrames is null ? null : new FrameArray<ushort>(frames.Length));

    /// <summary>The domain of a new process.</summary>
    public IReclaimDomain ForProcess()
    {
        if (spec.QuotaFrames is null && _global is not null) return _global;
        return Create(spec.QuotaFrames ?? (int)frames.Length);
    }

    /// <summary>The domain of what is in memory from the start: with quotas one of its own, to be abandoned when that is there.</summary>
    public IReclaimDomain ForFiles() => spec.QuotaFrames is null ? ForProcess() : Create((int)frames.Length);

    private IReclaimDomain Create(int capacity)
    {
        object policy = spec.Reclaim.Create(new PolicyContext((int)frames.Length, capacity,
            MachineSpec.ReclaimSeed(spec.Seed, _made++), spec.Future));
        Type type = typeof(ReclaimDomain<>).MakeGenericType(spec.Reclaim.Implementation);
        _global = (IReclaimDomain)Activator.CreateInstance(type, policy, frames, folioBits, capacity, Frames)!;
        Frames.Add(_global);
        return _global;
    }

    /// <summary>The access loop for the policy and the form of the CPUs' TLBs.</summary>
    public IAccessLoop CreateLoop(SwapArea swap, TlbHierarchy[] tlbs)
    {
        Type path = tlbs[0].BaseLevels is [{ View: { } first }, { View: { } second }]
            ? typeof(TwoLruLevels<,>).MakeGenericType(first, second)
            : typeof(AnyTlbLevels);
        return (IAccessLoop)Activator.CreateInstance(typeof(AccessLoop<,>).MakeGenericType(spec.Reclaim.Implementation, path), swap, spec.Costs, tlbs)!;
    }
}
