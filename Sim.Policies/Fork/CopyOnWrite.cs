using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;

namespace Sim.Policies.Fork;

/// <summary>
/// The child gets page tables of its own that name its parent's pages; a page is copied when either side first stores to it, and taken over by the last
/// side that has it.
/// <para>D. G. Bobrow, J. D. Burchfiel, D. L. Murphy, R. S. Tomlinson, "TENEX, a paged time sharing system for the PDP-10", CACM 15(3), 1972; here as
/// copy_page_range and do_wp_page of Linux 6.18.</para>
/// </summary>
[Paper("Page tables are copied, pages at the first store to them.",
    "D. G. Bobrow, J. D. Burchfiel, D. L. Murphy, R. S. Tomlinson, TENEX, a paged time sharing system for the PDP-10, CACM 15(3), 1972; Linux 6.18")]
public sealed class CopyOnWrite : IPolicy<CopyOnWrite, ForkOptions>, IForkPolicy
{
    private CopyOnWrite(ForkOptions options) => RunsChildFirst = options.First == FirstToRun.Child;

    public static string Name => "fork/cow";

    public bool BorrowsAddressSpace => false;

    public bool RunsChildFirst { get; }

    public static CopyOnWrite Create(ForkOptions options, PolicyContext context) => new(options);

    public bool SharesTable(Mm parent, ulong page) => false;

    public bool CopiesPage(Vma vma, ulong page) => false;
}
