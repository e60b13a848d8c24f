namespace Sim.Core.Physical;

/// <summary>What owns a frame. 0 is a frame that nobody ever took.</summary>
public enum FrameKind : byte
{
    Free,
    Anonymous,
    PageTable,
    KernelStack,
    Slab,
    ZeroPage,
}
