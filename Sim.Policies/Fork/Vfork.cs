using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;

namespace Sim.Policies.Fork;

/// <summary>
/// The child runs in its parent's address space, and the parent sleeps until the child ends or calls exec. Nothing is copied; what the child stores the
/// parent finds.
/// <para>O. Babaoglu, W. Joy, "Converting a swap-based system to do paging in an architecture lacking page-referenced bits", SOSP 1981, on vfork of 3BSD.</para>
/// </summary>
[Paper("The child borrows its parent's address space until it ends or calls exec; the parent sleeps.",
    "O. Babaoglu, W. Joy, Converting a swap-based system to do paging in an architecture lacking page-referenced bits, SOSP 1981")]
public sealed class Vfork : IPolicy<Vfork, NoOptions>, IForkPolicy
{
    private Vfork()
    {
    }

    public static string Name => "fork/vfork";

    public bool BorrowsAddressSpace => true;

    public bool RunsChildFirst => true;

    public static Vfork Create(NoOptions options, PolicyContext context) => new();

    public bool SharesTable(Mm parent, ulong page) => false;

    public bool CopiesPage(Vma vma, ulong page) => false;
}
