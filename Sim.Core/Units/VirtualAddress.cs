namespace Sim.Core.Units;

/// <summary>A byte address in a process's address space.</summary>
public readonly record struct VirtualAddress(ulong Value)
{
    /// <summary>The page that holds this byte.</summary>
    public PageNumber Page => new(Value >> ByteSize.PageShift);

    public override string ToString() => "0x" + Value.ToString("x");
}
