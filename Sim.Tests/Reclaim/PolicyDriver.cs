using System;
using System.Collections.Generic;
using System.Linq;
using Sim.Core.Contracts;
using Sim.Core.Engine;
using Sim.Core.Units;
using Sim.Lab;

namespace Sim.Tests.Reclaim;

/// <summary>A memory that holds a policy to its contract: every call is checked against the set of resident pages.</summary>
internal interface IPolicyDriver
{
    long Misses { get; }

    int Resident { get; }

    bool IsResident(ulong page);

    /// <summary>References a page, evicting when the memory is full. Returns the pages that went.</summary>
    IReadOnlyList<ulong> Reference(ulong page);

    /// <summary>A resident page ceases to exist.</summary>
    void Free(ulong page);

    /// <summary>The page cannot be evicted for now.</summary>
    void Pin(ulong page);

    void Unpin(ulong page);

    /// <summary>How many victims the policy names now. Each is put back.</summary>
    int CountVictims();

    void CheckInvariants();
}

/// <summary>The memory that a policy is driven in.</summary>
/// <param name="Frames">Frames that there are for pages.</param>
/// <param name="Batch">Victims asked for at a time.</param>
/// <param name="Spare">Frames that the policy is told of beyond those, as where the kernel takes some of a machine's.</param>
/// <param name="Stride">Frames of the machine to each of the domain's, as where several domains share it.</param>
internal sealed record DriverShape(int Frames, int Batch = 1, int Spare = 0, int Stride = 1);

internal static class PolicyDriver
{
    public static IPolicyDriver Create(string policy, int frames) => Create(policy, new DriverShape(frames));

    public static IPolicyDriver Create(string policy, DriverShape shape, ulong seed = 1, IReferenceFuture? future = null)
    {
        PolicyChoice choice = PolicyChoice.Parse(BuiltIn.Policies, "reclaim", policy);
        int capacity = shape.Frames + shape.Spare;
        return (IPolicyDriver)Activator.CreateInstance(typeof(PolicyDriver<>).MakeGenericType(choice.Implementation),
            choice.Create(new PolicyContext(capacity * shape.Stride, capacity, seed, future)), shape)!;
    }
}

internal sealed class PolicyDriver<TReclaim>(TReclaim policy, DriverShape shape) : IPolicyDriver
    where TReclaim : struct, IReclaimPolicy
{
    private readonly Dictionary<ulong, int> _frameOf = [];
    private readonly Dictionary<int, ulong> _pageIn = [];
    private readonly Dictionary<ulong, Shadow> _shadows = [];
    private readonly HashSet<int> _accessed = [];
    private readonly HashSet<ulong> _pinned = [];
    private readonly Stack<int> _free = new(Enumerable.Range(0, shape.Frames).Reverse().Select(i => i * shape.Stride));
    private TReclaim _policy = policy;

    public long Misses { get; private set; }

    public int Resident => _frameOf.Count;

    public bool IsResident(ulong page) => _frameOf.ContainsKey(page);

    public IReadOnlyList<ulong> Reference(ulong page)
    {
        var gone = new List<ulong>();
        if (_frameOf.TryGetValue(page, out int frame))
        {
            if (TReclaim.View == AccessView.EveryAccess) _policy.OnAccess(new FrameNumber(frame));
            else if (TReclaim.View == AccessView.AccessedBit) _accessed.Add(frame);
            while (TReclaim.IsProactive && _policy.TrySelectSurplus(out FrameNumber surplus)) Evict([surplus], gone);
            return gone;
        }
        Misses++;
        _policy.OnFault(new PageIdentity(page), _shadows.GetValueOrDefault(page));
        for (int tries = 0; _free.Count == 0; tries++)
        {
            if (tries > 4 * shape.Frames + 4) throw new InvalidOperationException("the policy names pinned pages for ever");
            FrameNumber[] victims = NameVictims();
            if (victims.Length == 0) throw new InvalidOperationException($"the policy names no victim although {Resident} pages are resident");
            Evict(victims, gone);
        }
        frame = _free.Pop();
        _frameOf.Add(page, frame);
        _pageIn.Add(frame, page);
        _accessed.Remove(frame);
        _policy.OnInsert(new FrameNumber(frame), 0, new PageIdentity(page));
        if (Resident > shape.Frames) throw new InvalidOperationException($"{Resident} pages are resident in {shape.Frames} frames");
        return gone;
    }

    public void Free(ulong page)
    {
        int frame = Forget(page);
        _policy.OnFree(new FrameNumber(frame));
        _shadows.Remove(page);
    }

    public void Pin(ulong page) => _pinned.Add(page);

    public void Unpin(ulong page) => _pinned.Remove(page);

    public int CountVictims()
    {
        FrameNumber[] victims = NameVictims();
        foreach (FrameNumber victim in victims) _policy.OnPutBack(victim);
        return victims.Length;
    }

    public void CheckInvariants() => _policy.CheckInvariants();

    private void Evict(FrameNumber[] victims, List<ulong> gone)
    {
        foreach (FrameNumber victim in victims)
        {
            ulong page = _pageIn[victim.Value];
            if (_pinned.Contains(page))
            {
                _policy.OnPutBack(victim);
                continue;
            }
            Forget(page);
            _shadows[page] = _policy.OnEvict(victim, new PageIdentity(page));
            if (_shadows[page].Value >> Shadow.Bits != 0) throw new InvalidOperationException("a shadow has more bits than are kept");
            gone.Add(page);
        }
    }

    private FrameNumber[] NameVictims()
    {
        var victims = new FrameNumber[shape.Batch];
        var bits = new Bits(_accessed);
        int count = _policy.SelectVictims(ref bits, victims);
        if (count < 0 || count > shape.Batch) throw new InvalidOperationException($"the policy names {count} victims of at most {shape.Batch}");
        if (victims.Take(count).Distinct().Count() != count) throw new InvalidOperationException("the policy names a victim twice");
        foreach (FrameNumber victim in victims.Take(count))
        {
            if (!_pageIn.ContainsKey(victim.Value)) throw new InvalidOperationException($"frame {victim} is named a victim and is empty");
        }
        return victims[..count];
    }

    private int Forget(ulong page)
    {
        _frameOf.Remove(page, out int frame);
        _pageIn.Remove(frame);
        _free.Push(frame);
        return frame;
    }

    private readonly struct Bits(HashSet<int> accessed) : IAccessedBits
    {
        public bool Test(FrameNumber folio) => accessed.Contains(folio.Value);

        public bool TestAndClear(FrameNumber folio) => accessed.Remove(folio.Value);

        public bool IsDirty(FrameNumber folio) => folio.Value % 3 == 0;
    }
}
