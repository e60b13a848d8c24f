using System;
using System.Collections.Generic;
using Sim.Core.Contracts;
using Sim.Core.Physical;
using Sim.Core.Units;

namespace Sim.Core.Reclaim;

/// <summary>
/// Which replacement domain each user frame is charged to: the domain of the process that brought its page in, until the frame is free again, as a memory
/// control group is charged in Linux, whoever maps it meanwhile. A domain whose process has ended may hold frames that others still map.
/// </summary>
/// <param name="numbers">The number of each frame's domain; null where one domain has all memory, and nothing need be kept.</param>
public sealed class FrameDomains(FrameArray<ushort>? numbers)
{
    private readonly bool _isDivided = numbers is not null;
    private readonly FrameArray<ushort> _numbers = numbers ?? default;
    private readonly List<IReclaimDomain?> _domains = [];
    private readonly List<IReclaimDomain> _abandoned = [];

    /// <summary>Whether a process may map frames of another one's domain: after the first fork of a machine with several domains, or where it has files.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>The domains that there are.</summary>
    public IEnumerable<IReclaimDomain> All
    {
        get
        {
            foreach (IReclaimDomain? domain in _domains)
            {
                if (domain is not null) yield return domain;
            }
        }
    }

    /// <summary>Domains of processes that have ended which still hold frames, oldest first.</summary>
    public IReadOnlyList<IReclaimDomain> Abandoned => _abandoned;

    /// <summary>The number that the next domain gets: the lowest that is free.</summary>
    public int NextNumber
    {
        get
        {
            int free = _domains.IndexOf(null);
            int number = free < 0 ? _domains.Count : free;
            return number <= ushort.MaxValue ? number : throw new InvalidOperationException($"more than {ushort.MaxValue} replacement domains");
        }
    }

    /// <summary>The number of each frame's domain, for the loop that tells policies of accesses; null where they need not be told apart.</summary>
    internal unsafe ushort* MixedNumbers => IsMixed ? _numbers.Pointer : null;

    /// <summary>Adds a domain that has the next number.</summary>
    public void Add(IReclaimDomain domain)
    {
        if (domain.Number == _domains.Count) _domains.Add(domain);
        else _domains[domain.Number] = domain;
    }

    /// <summary>Processes may map each other's frames from now on: one forks, or there are files.</summary>
    public void Mix() => IsMixed = _isDivided;

    /// <summary>Nobody answers for a domain any more: its process has ended. What it still holds others map, or is cached.</summary>
    public void Abandon(IReclaimDomain domain)
    {
        if (!_isDivided) return;
        _abandoned.Add(domain);
        for (int i = _abandoned.Count - 1; i >= 0; i--)
        {
            if (_abandoned[i].Resident > 0) continue;
            _domains[_abandoned[i].Number] = null;
            _abandoned.RemoveAt(i);
        }
    }

    /// <summary>The domain that a frame is charged to.</summary>
    public IReclaimDomain Of(FrameNumber frame) => _domains[_isDivided ? _numbers[frame.Value] : 0]!;

    /// <summary>A page comes into a frame, which is charged to a domain from now on.</summary>
    public void Charge(FrameNumber frame, IReclaimDomain domain, PageIdentity page)
    {
        if (_isDivided) _numbers[frame.Value] = (ushort)domain.Number;
        domain.OnInsert(frame, page);
    }
}
