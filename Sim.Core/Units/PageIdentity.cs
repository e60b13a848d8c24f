namespace Sim.Core.Units;

/// <summary>
/// What a page is, wherever it lies: the same before it is evicted and after it comes back. A private anonymous page
/// gets a number when it is first allocated, keeps it in its swap slot, and a copy-on-write copy gets a new one.
/// </summary>
public readonly record struct PageIdentity(ulong Value);
