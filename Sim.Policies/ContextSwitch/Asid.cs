using Sim.Core.Contracts;
using Sim.Policies.Structures;

namespace Sim.Policies.ContextSwitch;

/// <summary>
/// The TLB keeps the translations of as many address spaces apart as the machine has identifiers for (machine.tlb.asids), given out to each CPU's address
/// spaces in turn; what was flushed elsewhere meanwhile is flushed when an address space comes back. With lazy-tlb an idle CPU and a kernel thread go on
/// with the address space that was loaded before, so that coming back to it costs nothing, and shootdowns pass them by.
/// <para>Linux 6.18, arch/x86/mm/tlb.c: choose_new_asid, switch_mm_irqs_off, enter_lazy_tlb. lazy-tlb=false is Linux 4.14, which loads init_mm where there
/// are identifiers (tlb_defer_switch_to_init_mm).</para>
/// </summary>
[Paper("Identifiers keep address spaces apart in the TLB; with lazy-tlb idle CPUs and kernel threads borrow the one before.",
    "Linux 6.18, arch/x86/mm/tlb.c: choose_new_asid, switch_mm_irqs_off, enter_lazy_tlb")]
public sealed class Asid : IPolicy<Asid, LazyTlbOptions>, IContextSwitch
{
    private Asid(bool hasLazyTlb) => HasLazyTlb = hasLazyTlb;

    public static string Name => "context-switch/asid";

    public bool UsesAsids => true;

    public bool HasLazyTlb { get; }

    public static Asid Create(LazyTlbOptions options, PolicyContext context) => new(options.LazyTlb);
}
