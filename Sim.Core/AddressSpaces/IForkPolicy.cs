namespace Sim.Core.AddressSpaces;

/// <summary>
/// `fork`: what a child gets of its parent's memory at once, and who runs first. Asked once a fork, and once for each leaf table and page of private
/// memory. Whatever it answers, both sides read what they stored or inherited; what differs is when pages and tables are copied, and by whom.
/// </summary>
public interface IForkPolicy
{
    /// <summary>Whether the child runs in its parent's address space, and the parent sleeps until it ends or calls exec: vfork.</summary>
    bool BorrowsAddressSpace { get; }

    /// <summary>Whether the parent gives its CPU to the child.</summary>
    bool RunsChildFirst { get; }

    /// <summary>Whether the leaf table of a page is shared as a whole until somebody changes it. Asked only where it can be.</summary>
    bool SharesTable(Mm parent, ulong page);

    /// <summary>Whether an anonymous page is copied now, rather than at the first store to it.</summary>
    bool CopiesPage(Vma vma, ulong page);
}
