using Sim.Core.Contracts;

namespace Sim.Policies.Paging;

/// <summary>
/// A page gets its frame when it is first touched. With the zero page, a page that is only read shares one frame of zeros until it is written to.
/// <para>T. Kilburn, D. B. G. Edwards, M. J. Lanigan, F. H. Sumner, "One-level storage system", IRE Transactions on Electronic Computers EC-11(2), 1962.</para>
/// <para>Cached pages of a file come 64 KiB at a time, as in Linux: there is nothing to bring in.</para>
/// </summary>
[Paper("A page gets its frame when it is first touched.",
    "T. Kilburn, D. B. G. Edwards, M. J. Lanigan, F. H. Sumner, One-level storage system, IRE Transactions on Electronic Computers EC-11(2), 1962")]
public sealed class Demand : IPolicy<Demand, PagingOptions>, IPaging
{
    private Demand(bool hasZeroPage) => HasZeroPage = hasZeroPage;

    public static string Name => "paging/demand";

    public bool HasZeroPage { get; }

    public PagingRules Rules => PagingRules.Linux;

    public static Demand Create(PagingOptions options, PolicyContext context) => new(options.ZeroPage);
}
