namespace Sim.Core.Units;

/// <summary>A virtual page: an address divided by the base page size.</summary>
public readonly record struct PageNumber(ulong Value)
{
    /// <summary>The first byte of the page.</summary>
    public VirtualAddress Address => new(Value << ByteSize.PageShift);

    public override string ToString() => Value.ToString("x");
}
