using Sim.Core.Units;

namespace Sim.Core.Contracts;

/// <summary>
/// The one place that every kernel object is asked of. It takes the memory from the frame allocator, so that the kernel's own needs
/// are load like any other, and charges the cost.
/// </summary>
public interface IKernelObjects
{
    /// <summary>Allocates one object. False when no frame could be had, and then nothing has changed.</summary>
    /// <param name="kind">What.</param>
    /// <param name="payer">Who pays.</param>
    /// <param name="address">Where it lies.</param>
    bool TryAllocate(KernelObject kind, ICharge payer, out KernelAddress address);

    /// <summary>Frees an object that <see cref="TryAllocate"/> gave.</summary>
    void Free(KernelObject kind, ICharge payer, KernelAddress address);

    /// <summary>Objects of a kind that exist now.</summary>
    long CountOf(KernelObject kind);

    /// <summary>Frames that all objects of a kind take up now, in bytes.</summary>
    ByteSize BytesOf(KernelObject kind);
}
