using Sim.Core.Contracts;
using Sim.Core.Units;

namespace Sim.Core.Physical.Slab;

/// <summary>A cache of kernel objects of one size. It takes slabs from the page allocator and cuts them up.</summary>
public interface IObjectCache
{
    /// <summary>What it was made for.</summary>
    CacheSpec Spec { get; }

    /// <summary>The slab that it prefers.</summary>
    SlabShape Shape { get; }

    /// <summary>Objects in use.</summary>
    long ActiveObjects { get; }

    /// <summary>Objects that its slabs have room for.</summary>
    long Objects { get; }

    /// <summary>Slabs that it holds.</summary>
    long Slabs { get; }

    /// <summary>Frames of its slabs, and of whatever it needs to manage them outside of them.</summary>
    long Frames { get; }

    /// <summary>Takes an object for the payer's CPU; false when it needs a slab and no frames are to be had, and then nothing has changed.</summary>
    bool TryAllocate(ICharge payer, out KernelAddress address);

    /// <summary>Gives an object back. Throws where it is none of this cache's, or not in use.</summary>
    void Free(KernelAddress address, ICharge payer);

    /// <summary>Gives up every slab without objects in use, also what CPUs keep: kmem_cache_shrink. Returns its frames.</summary>
    long Shrink(ICharge payer);

    /// <summary>Throws <see cref="System.InvalidOperationException"/> with values when the books do not agree.</summary>
    void CheckInvariants();
}
