using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;

namespace Sim.Policies.Fork;

/// <summary>
/// Every page of private memory is copied at fork, as by the first Unix systems, which copied the whole image.
/// <para>D. M. Ritchie, K. Thompson, "The UNIX time-sharing system", CACM 17(7), 1974.</para>
/// </summary>
[Paper("Every page of private memory is copied at fork.", "D. M. Ritchie, K. Thompson, The UNIX time-sharing system, CACM 17(7), 1974")]
public sealed class Eager : IPolicy<Eager, ForkOptions>, IForkPolicy
{
    private Eager(ForkOptions options) => RunsChildFirst = options.First == FirstToRun.Child;

    public static string Name => "fork/eager";

    public bool BorrowsAddressSpace => false;

    public bool RunsChildFirst { get; }

    public static Eager Create(ForkOptions options, PolicyContext context) => new(options);

    public bool SharesTable(Mm parent, ulong page) => false;

    // Deviation: a page that lies in swap is not copied there. Both sides own its slot, and each reads a page of its own from it. Nor is the zero page, or a
    // file's page that was never stored to, which the first systems shared as text.
    public bool CopiesPage(Vma vma, ulong page) => true;
}
