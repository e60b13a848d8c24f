using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.ContextSwitch;

/// <summary>
/// Loading another page table flushes the whole TLB, whatever identifiers the machine has. With lazy-tlb an idle CPU and a kernel thread go on with the
/// address space that was loaded before, and nothing is flushed when a process comes back after them; without, each of them costs a flush both ways.
/// <para>D. P. Bovet, M. Cesati, Understanding the Linux Kernel, 2nd edition, 2002, "Handling the Hardware Cache and the TLB", on Linux 2.4, which had lazy TLB and no identifiers.</para>
/// </summary>
[Paper("Every load of a page table flushes the TLB; with lazy-tlb idle CPUs and kernel threads load none.",
    "D. P. Bovet, M. Cesati, Understanding the Linux Kernel, 2nd edition, 2002, handling the hardware cache and the TLB")]
public sealed class Flush : IPolicy<Flush, LazyTlbOptions>, IContextSwitch
{
    private Flush(bool hasLazyTlb) => HasLazyTlb = hasLazyTlb;

    public static string Name => "context-switch/flush";

    public bool UsesAsids => false;

    public bool HasLazyTlb { get; }

    public static Flush Create(LazyTlbOptions options, PolicyContext context) => new(options.LazyTlb);
}
