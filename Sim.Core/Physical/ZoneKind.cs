namespace Sim.Core.Physical;

/// <summary>The zones of x86-64, lowest first. Movable and Device exist only as columns of the tables that Linux prints: they hold no frames here.</summary>
public enum ZoneKind
{
    /// <summary>The first 16 MiB, for ISA devices.</summary>
    Dma,

    /// <summary>Up to 4 GiB, for devices with 32-bit addresses.</summary>
    Dma32,

    /// <summary>The rest.</summary>
    Normal,

    /// <summary>Movable pages only (kernelcore=, memory hotplug).</summary>
    Movable,

    /// <summary>Memory of devices.</summary>
    Device,
}
