using Shouldly;
using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;
using Sim.Core.Machines;
using Sim.Core.Units;
using Sim.Lab;
using Xunit;

namespace Sim.Tests.AddressSpaces;

/// <summary>What smaps says of memory that is not there.</summary>
public sealed class MemoryUseTests
{
    /// <summary>shmem_swap_usage: three pages lie in swap, of which two lie in what is left of the mapping.</summary>
    [Fact]
    public void SwapOfSharedMemoryIsWhatOfTheMappedPartLiesThere()
    {
        var kernel = new PagedKernel(BuiltIn.AddressSpaces, new ByteSize(16 << 20));
        Mm mm = kernel.Create(new AddressSpaceLimits());
        ulong start = (ulong)kernel.Calls.Map(mm, new MapRequest(0, 10 << 12, Protection.ReadWrite, MapFlags.Shared | MapFlags.Anonymous), kernel.Payer) >> 12;
        Vma vma = mm.Vmas.Find(start)!;
        foreach (ulong page in (ulong[])[1, 6, 8]) vma.File!.Object.Cache.Remember(page, Shadow.None, (int)page);
        kernel.UseOf(mm, vma).Swap.ShouldBe(3 * 4);
        kernel.Calls.Unmap(mm, start << 12, 5 << 12, kernel.Payer).ShouldBe(0);
        kernel.UseOf(mm, mm.Vmas.Find(start + 5)!).Swap.ShouldBe(2 * 4);
    }
}
