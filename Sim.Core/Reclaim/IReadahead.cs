using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;

namespace Sim.Core.Reclaim;

/// <summary>
/// The `readahead` policy point: which pages are read from a device that nobody has asked for yet. One instance a machine; registered by
/// <see cref="IPolicy{TSelf,TOptions}"/>. Pages of files come in windows whose size and place <see cref="Readahead"/> decides, up to what is allowed here. Pages of swap
/// come into memory mapped nowhere; the fault that finds one there is a minor one.
/// </summary>
public interface IReadahead
{
    /// <summary>The largest window of a file, in pages; 0 where its pages come one by one.</summary>
    int FileWindow { get; }

    /// <summary>Whether pages of swap may come unasked. Where not, the methods are not called.</summary>
    bool ReadsSwap { get; }

    /// <summary>A fault has to read its page from a swap device. What else is to be read with it: the page itself may be among it, and what is no page in swap is passed over.</summary>
    /// <param name="addressSpace">The number of the address space, which another one has after its end.</param>
    /// <param name="vma">The mapping, whose <see cref="Vma.SwapReadahead"/> is the policy's.</param>
    /// <param name="page">The page.</param>
    /// <param name="slot">Where it lies in swap.</param>
    SwapWindow OnSwapFault(int addressSpace, Vma vma, ulong page, int slot);

    /// <summary>A fault finds its page in memory, or on its way there, since it was read ahead. Told once of each page that came so.</summary>
    void OnSwapHit(int addressSpace, Vma vma, ulong page);
}
