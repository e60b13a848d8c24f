namespace Sim.Core.Units;

/// <summary>A byte address in a process's address space.</summary>
public readonly record struct VirtualAddress(ulong Value)
{
    /// <summary>The page that holds this byte.</summary>
    public PageNumber Page => new(Value >> ByteSize.PageShift);

    /// <summary>Whether the address is the first byte of a page.</summary>
    public bool IsPageAligned => (Value & (ByteSize.PageBytes - 1)) == 0;

    public override string ToString() => "0x" + Value.ToString("x");
}
