using Sim.Core.AddressSpaces;
using Sim.Core.Contracts;

namespace Sim.Policies.Fork;

/// <summary>
/// The child shares its parent's leaf page tables, each with a count of those who have it. Who first faults in a table's 2 MiB, stores there, unmaps or
/// protects a part of it, gets a copy of the table, whose pages are copy-on-write from then on; the last one that has it keeps it as it is.
/// <para>K. Zhao, S. Gong, P. Fonseca, "On-demand-fork: a microsecond fork for memory-intensive and latency-sensitive applications", EuroSys 2021.</para>
/// </summary>
[Paper("Leaf page tables are shared, and copied when one side first changes something in their 2 MiB.",
    "K. Zhao, S. Gong, P. Fonseca, On-demand-fork: a microsecond fork for memory-intensive and latency-sensitive applications, EuroSys 2021")]
public sealed class OnDemandFork : IPolicy<OnDemandFork, ForkOptions>, IForkPolicy
{
    private OnDemandFork(ForkOptions options) => RunsChildFirst = options.First == FirstToRun.Child;

    public static string Name => "fork/on-demand-fork";

    public bool BorrowsAddressSpace => false;

    public bool RunsChildFirst { get; }

    public static OnDemandFork Create(ForkOptions options, PolicyContext context) => new(options);

    // Deviation: only tables whose whole range is private anonymous memory can be shared; the paper's are those of files too. Tables of 2 MiB pages, which
    // its second version shares, are not reached by fork here.
    public bool SharesTable(Mm parent, ulong page) => true;

    public bool CopiesPage(Vma vma, ulong page) => false;
}
