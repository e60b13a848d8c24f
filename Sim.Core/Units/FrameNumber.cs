namespace Sim.Core.Units;

/// <summary>A page frame of physical memory, counted from 0.</summary>
public readonly record struct FrameNumber(int Value)
{
    public override string ToString() => Value.ToString();
}
